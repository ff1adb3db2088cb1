// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.Lease;
import org.fastpipeline.core.memory.Leased;

/// A 2-D image or volume in native memory.
///
/// A handle: whoever holds it closes it, and access after that throws. Written only by the step that allocated it,
/// before it puts it; read-only for all others, from any thread.
public final class Image implements Leased<Image> {
    /// Parts begin at multiples of it if they are shown in place, as all memory does.
    private static final long ALIGNMENT = 64;

    private final ImageSpec spec;
    private final Lease lease;
    private final long start;

    private Image(ImageSpec spec, Lease lease, long start) {
        this.spec = spec;
        this.lease = lease;
        this.start = start;
    }

    /// Takes memory for an image; its pixels are undefined until written.
    public static Image allocate(ImageSpec spec, Allocator memory) {
        return new Image(spec, memory.allocate(spec.bytes()), 0);
    }

    /// An image over memory that is already leased; the image takes the lease over.
    public static Image over(Lease lease, ImageSpec spec) {
        checkFits(lease.bytes(), spec);
        return new Image(spec, lease, 0);
    }

    private static void checkFits(long bytes, ImageSpec spec) {
        if (bytes < spec.bytes()) {
            throw new WrongUseException(
                    "image " + spec, "met a lease of " + bytes + " bytes; needed " + spec.bytes(), "Lease more memory");
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
        return lease.segment().asSlice(start, spec.bytes());
    }

    /// All pixels, writable; only before the image is put, and only for who allocated it.
    public MemorySegment writablePixels() {
        return lease.writable().asSlice(start, spec.bytes());
    }

    /// Address of the first pixel, for native calls that read in place; valid while this handle is.
    public long address() {
        return lease.address() + start;
    }

    /// The same pixels under another description, as a handle of its own, charged to `holder`, who closes it.
    public Image retainAs(ImageSpec newSpec, Object holder) {
        checkFits(lease.bytes() - start, newSpec);
        return new Image(newSpec, lease.retain(holder), start);
    }

    /// A copy of a part, rows packed, in its own place. The part may reach beyond the image.
    ///
    /// @param outside value of all samples that lie outside the image, such as [ImageSpec#blank]
    public Image part(Region region, double outside, Allocator memory) {
        Image part = allocate(spec.part(region), memory);
        Optional<Region> inside = region.intersection(spec.region());
        if (!inside.equals(Optional.of(region))) {
            part.fill(outside);
        }
        inside.ifPresent(found ->
                part.paste(this, found, found.x() - region.x(), found.y() - region.y(), found.z() - region.z()));
        return part;
    }

    /// A part without a copy, as a handle of its own, charged to `holder`, who closes it: where the part's pixels lie
    /// in one piece, as slices and slabs of a volume do, and begin as well aligned as all memory does.
    ///
    /// @return nothing where they do not; then [#part] copies them
    public Optional<Image> view(Region region, Object holder) {
        ImageSpec part = spec.part(region);
        long at = start + spec.offset(region.x(), region.y(), region.z());
        boolean wholeRows = region.width() == spec.width() && part.rowStride() == spec.rowStride();
        boolean inOnePiece = wholeRows && (region.height() == spec.height() || region.depth() == 1);
        return inOnePiece && spec.region().contains(region) && at % ALIGNMENT == 0
                ? Optional.of(new Image(part, lease.retain(holder), at))
                : Optional.empty();
    }

    /// Copies a part of another image of the same kind here, before this one is put.
    ///
    /// @param x column of this image where the part comes to lie
    /// @param y row
    /// @param z slice
    /// @throws WrongUseException if channels or types differ, or if the part does not lie inside both
    public void paste(Image from, Region part, int x, int y, int z) {
        Region to = part.at(x, y, z);
        if (from.spec.type() != spec.type() || from.spec.channels() != spec.channels()) {
            throw new WrongUseException(
                    toString(), "met pixels of " + from + "; needed the same kind", "Convert the image first");
        }
        if (!from.spec.region().contains(part) || !spec.region().contains(to)) {
            throw new WrongUseException(
                    toString(), "met " + part + " of " + from + " for " + to + "; needed both inside", "Cut it");
        }
        MemorySegment source = from.pixels();
        MemorySegment target = writablePixels();
        for (int slice = 0; slice < part.depth(); slice++) {
            Samples.copyRows(
                    source.asSlice(from.spec.offset(part.x(), part.y(), part.z() + slice)),
                    from.spec.rowStride(),
                    target.asSlice(spec.offset(x, y, z + slice)),
                    spec.rowStride(),
                    (long) part.width() * spec.pixelBytes(),
                    part.height());
        }
    }

    /// Sets all samples to one value, before the image is put; integers are rounded and limited to their range.
    public void fill(double value) {
        Samples.fill(writablePixels(), spec.type(), value);
    }

    /// This image in the name of another holder, who may go on writing; this handle is closed. For what is made in
    /// several steps.
    public Image handOver(Object holder) {
        return new Image(spec, lease.handOver(holder), start);
    }

    @Override
    public Image retain(Object holder) {
        return new Image(spec, lease.retain(holder), start);
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
