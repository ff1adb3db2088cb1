// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import com.google.common.collect.ImmutableList;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fastpipeline.core.data.PyramidSpec.Scale;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.Lease;
import org.fastpipeline.core.memory.Leased;

/// A large 2-D image in several sizes, of which parts are read: a slide of a microscope, say.
///
/// A handle, as [Image] is: whoever holds it closes it, and reading after that throws. With the last handle goes what
/// it reads from. All methods may be called from any thread, several at once. The pixels need not be in memory.
public final class ImagePyramid implements Leased<ImagePyramid> {
    private final PyramidSpec spec;
    private final Reader reader;
    private final Lease lease;

    /// Where the pixels come from: a file format, memory. Called by several threads at once.
    public interface Reader extends AutoCloseable {
        /// Reads a part of a level.
        ///
        /// @param level from 0
        /// @param box wholly inside the level
        /// @param to where the first pixel of the box goes; others behind it, rows `rowStride` bytes apart
        /// @throws org.fastpipeline.core.error.InputException if the pixels cannot be read
        void read(int level, Box box, MemorySegment to, long rowStride);

        /// Ends the reading; called once, when nobody reads any more.
        @Override
        void close();
    }

    private ImagePyramid(PyramidSpec spec, Reader reader, Lease lease) {
        this.spec = spec;
        this.reader = reader;
        this.lease = lease;
    }

    /// A pyramid of what `reader` reads, which it takes over, even if this call fails.
    ///
    /// @param memory counts the handles on the pyramid; within a step that of the step
    public static ImagePyramid over(PyramidSpec spec, Reader reader, Allocator memory) {
        Lease lease;
        try {
            lease = memory.allocate(1);
        } catch (RuntimeException failure) {
            reader.close();
            throw failure;
        }
        lease.whenFreed(reader::close);
        return new ImagePyramid(spec, reader, lease);
    }

    /// A pyramid over an image in memory; the levels below it are computed here. It holds the image, not a copy.
    ///
    /// @param magnification of the image, where it is known
    /// @param memory for the levels below, a third of the image's size
    public static ImagePyramid of(Image image, OptionalDouble magnification, Allocator memory) {
        PyramidSpec spec = PyramidSpec.halved(image.spec(), magnification);
        return over(spec, MemoryLevels.of(image, spec, memory), memory);
    }

    /// The levels and what the pixels are.
    public PyramidSpec spec() {
        return spec;
    }

    /// A part of a level, which may reach beyond it; what lies outside is [ImageSpec#blank].
    public Image read(int level, Box box, Allocator memory) {
        return read(new Scale(level, 1), box, spec.image().blank(), memory);
    }

    /// A part of the image at a scale, which may lie between two levels, and may reach beyond the image.
    ///
    /// Between levels colours are averaged over the area that a pixel covers; of one channel the sample in its
    /// middle is taken, for it may be a label. Either way neighbouring parts fit together exactly.
    ///
    /// @param outside value of all samples that lie outside the image
    /// @throws org.fastpipeline.core.error.InputException if there is no such level, or if it cannot be read
    public Image read(Scale scale, Box box, double outside, Allocator memory) {
        ImageSpec whole = spec.image(scale);
        Region region = new Region(box.x(), box.y(), 0, box.width(), box.height(), 1);
        Image part = Image.allocate(whole.part(region), memory);
        Optional<Region> inside = region.intersection(whole.region());
        if (!inside.equals(Optional.of(region))) {
            part.fill(outside);
        }
        // Held meanwhile, so that nobody closes what is read from.
        try (Lease _ = lease.retain("a read of " + spec)) {
            inside.ifPresent(found ->
                    fill(part, found.at(found.x() - box.x(), found.y() - box.y(), 0), scale, found.box(), memory));
        }
        return part;
    }

    private void fill(Image part, Region to, Scale scale, Box box, Allocator memory) {
        ImageSpec kind = part.spec();
        MemorySegment first = part.writablePixels().asSlice(kind.offset(to.x(), to.y(), 0));
        if (scale.reduction() == 1) {
            reader.read(scale.level(), box, first, kind.rowStride());
            return;
        }
        PyramidSpec.Level level = spec.level(scale.level());
        Reduction reduction = new Reduction(kind, scale.reduction(), level.width(), level.height());
        Box source = reduction.source(box);
        long stride = (long) source.width() * kind.pixelBytes();
        try (Lease scratch = memory.allocate(stride * source.height())) {
            MemorySegment larger = scratch.writable();
            reader.read(scale.level(), source, larger, stride);
            reduction.apply(larger, stride, box, first, kind.rowStride());
        }
    }

    /// The same pixels under another description, such as a magnification that was not known, as a handle of its own,
    /// charged to `holder`, who closes it.
    public ImagePyramid retainAs(PyramidSpec newSpec, Object holder) {
        return new ImagePyramid(newSpec, reader, lease.retain(holder));
    }

    @Override
    public ImagePyramid retain(Object holder) {
        return retainAs(spec, holder);
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
        return spec.toString();
    }

    /// All levels in memory.
    private record MemoryLevels(ImmutableList<Image> levels) implements Reader {
        static MemoryLevels of(Image image, PyramidSpec spec, Allocator memory) {
            List<Image> levels = new ArrayList<>();
            try {
                levels.add(image.retain(spec));
                for (int number = 1; number < spec.levels().size(); number++) {
                    try (Image smaller = halved(levels.getLast(), spec.image(new Scale(number, 1)), memory)) {
                        smaller.publish();
                        levels.add(smaller.retain(spec));
                    }
                }
            } catch (RuntimeException failure) {
                levels.forEach(Image::close);
                throw failure;
            }
            return new MemoryLevels(ImmutableList.copyOf(levels));
        }

        private static Image halved(Image larger, ImageSpec smallerSpec, Allocator memory) {
            Image smaller = Image.allocate(smallerSpec, memory);
            new Reduction(smallerSpec, 2, larger.width(), larger.height())
                    .apply(
                            larger.pixels(),
                            larger.spec().rowStride(),
                            smallerSpec.region().box(),
                            smaller.writablePixels(),
                            smallerSpec.rowStride());
            return smaller;
        }

        @Override
        public void read(int level, Box box, MemorySegment to, long rowStride) {
            Image image = levels.get(level);
            Samples.copyRows(
                    image.pixels().asSlice(image.spec().offset(box.x(), box.y(), 0)),
                    image.spec().rowStride(),
                    to,
                    rowStride,
                    (long) box.width() * image.spec().pixelBytes(),
                    box.height());
        }

        @Override
        public void close() {
            levels.forEach(Image::close);
        }
    }
}
