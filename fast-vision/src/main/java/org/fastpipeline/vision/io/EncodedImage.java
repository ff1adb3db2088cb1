// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.lang.foreign.MemorySegment;
import org.fastpipeline.core.memory.Lease;
import org.fastpipeline.core.memory.Leased;

/// An image in the bytes of a file format, ready to be written.
///
/// A handle, as [Image][org.fastpipeline.core.data.Image] is: closed by its holder, read-only once it is put.
public final class EncodedImage implements Leased<EncodedImage> {
    private final Encoding encoding;
    private final Lease lease;

    /// A file format that images are written in.
    public enum Encoding {
        /// Portable Network Graphics, without loss.
        PNG("png"),
        /// JPEG, with loss, smaller and faster.
        JPEG("jpg");

        private final String extension;

        Encoding(String extension) {
            this.extension = extension;
        }

        /// End of the names of such files, without the dot.
        public String extension() {
            return extension;
        }
    }

    /// @param lease the bytes of the file; this takes the lease over
    EncodedImage(Encoding encoding, Lease lease) {
        this.encoding = encoding;
        this.lease = lease;
    }

    /// The format.
    public Encoding encoding() {
        return encoding;
    }

    /// The whole file, read-only; valid while this handle is.
    public MemorySegment bytes() {
        return lease.segment();
    }

    @Override
    public EncodedImage retain(Object holder) {
        return new EncodedImage(encoding, lease.retain(holder));
    }

    @Override
    public void publish() {
        lease.publish();
    }

    @Override
    public void close() {
        lease.close();
    }

    @Override
    public String toString() {
        return encoding + " file of " + lease.bytes() + " bytes";
    }
}
