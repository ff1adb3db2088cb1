// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import java.lang.foreign.MemorySegment;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.Lease;
import org.fastpipeline.core.memory.Leased;

/// A 2-D image or volume in native memory.
///
/// A handle: whoever holds it closes it, and access after that throws. Written only by the step that allocated it,
/// before it puts it; read-only for all others, from any thread.
public final class Image implements Leased<Image> {
    private final ImageSpec spec;
    private final Lease lease;

    private Image(ImageSpec spec, Lease lease) {
        this.spec = spec;
        this.lease = lease;
    }

    /// Takes memory for an image; its pixels are undefined until written.
    public static Image allocate(ImageSpec spec, Allocator memory) {
        return new Image(spec, memory.allocate(spec.bytes()));
    }

    /// An image over memory that is already leased; the image takes the lease over.
    public static Image over(Lease lease, ImageSpec spec) {
        checkFits(lease, spec);
        return new Image(spec, lease);
    }

    private static void checkFits(Lease lease, ImageSpec spec) {
        if (lease.bytes() < spec.bytes()) {
            throw new WrongUseException(
                    "image " + spec,
                    "met a lease of " + lease.bytes() + " bytes; needed " + spec.bytes(),
                    "Lease more memory");
        }
    }

    /// Shape and meaning of the pixels.
    public ImageSpec spec() {
        return spec;
    }

    /// Columns.
    public int width() {
        return spec.width();
    }

    /// Rows.
    public int height() {
        return spec.height();
    }

    /// All pixels, read-only; valid while this handle is.
    public MemorySegment pixels() {
        return lease.segment().asSlice(0, spec.bytes());
    }

    /// All pixels, writable; only before the image is put, and only for who allocated it.
    public MemorySegment writablePixels() {
        return lease.writable().asSlice(0, spec.bytes());
    }

    /// Address of the first pixel, for native calls that read in place; valid while this handle is.
    public long address() {
        return lease.address();
    }

    /// The same pixels under another description, as a handle of its own, charged to `holder`, who closes it.
    public Image retainAs(ImageSpec newSpec, Object holder) {
        checkFits(lease, newSpec);
        return new Image(newSpec, lease.retain(holder));
    }

    @Override
    public Image retain(Object holder) {
        return new Image(spec, lease.retain(holder));
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
        return "image " + spec;
    }
}
