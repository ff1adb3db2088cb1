// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.StringJoiner;
import java.util.zip.Deflater;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.memory.Lease;
import org.fastpipeline.vision.format.MetaHeader;

/// Writes images as MetaImages into a folder: `NAME.mhd` says what an image is, with its spacing and place, and
/// `NAME.raw` or, compressed, `NAME.zraw` has its samples.
///
/// Named as [ImageFileSink] names files. The samples are written first, and each file appears whole or not at all, so
/// that a header never lacks its samples; those written stay, however the run ends. Cannot-write is an
/// [OutputException][org.fastpipeline.core.error.OutputException] and stops the run. Slope and intercept of samples
/// have no place in the format and are not written.
public final class MetaImageSink extends Sink<Set<String>> {
    /// What to write.
    public final In<Image> image = in("image", Image.class, "the image to write");

    /// Whether samples are compressed with zlib.
    public final Parameter<Boolean> compressed =
            flag("compressed", false, "whether samples are compressed, without loss");

    private final Path folder;

    /// @param folder made where it is missing
    public MetaImageSink(Path folder) {
        this.folder = folder;
    }

    @Override
    public Set<String> open() {
        return new HashSet<>();
    }

    @Override
    public void execute(Set<String> used, Step step) {
        Image source = step.get(image);
        if (source.spec().channels() == ChannelOrder.BGR) {
            throw new WrongUseException(
                    name() + ".image",
                    "met " + source + "; needed RGB, which is how readers take three channels",
                    "Convert the image first, or write PNG");
        }
        String name = FrameNames.next(used, step);
        boolean packed = step.get(compressed);
        String data = name + (packed ? ".zraw" : ".raw");
        long bytes;
        try (WholeFile file = WholeFile.create(folder.resolve(data))) {
            bytes = packed ? deflate(source, file, step) : copy(source, file);
            file.commit();
        }
        WholeFile.write(
                folder.resolve(name + ".mhd"),
                ByteBuffer.wrap(header(source.spec(), packed, bytes, data).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close(Set<String> used, Completion completion) {}

    /// One write a slice where rows are packed, else one a row: a volume may be more than one buffer can show.
    private static long copy(Image image, WholeFile file) {
        long row = (long) image.width() * image.spec().pixelBytes();
        long slice = row * image.height();
        boolean packed = image.spec().rowStride() == row && slice <= Integer.MAX_VALUE;
        for (int z = 0; z < image.spec().depth(); z++) {
            if (packed) {
                file.write(rows(image, 0, z, slice));
            } else {
                for (int y = 0; y < image.height(); y++) {
                    file.write(rows(image, y, z, row));
                }
            }
        }
        return slice * image.spec().depth();
    }

    private static ByteBuffer rows(Image image, int y, int z, long bytes) {
        return image.pixels().asSlice(image.spec().offset(0, y, z), bytes).asByteBuffer();
    }

    private static long deflate(Image image, WholeFile file, Step step) {
        long row = (long) image.width() * image.spec().pixelBytes();
        Deflater deflater = new Deflater();
        try (Lease piece = step.memory().allocate(1 << 16)) {
            ByteBuffer buffer = piece.writable().asByteBuffer();
            for (int z = 0; z < image.spec().depth(); z++) {
                for (int y = 0; y < image.height(); y++) {
                    deflater.setInput(rows(image, y, z, row));
                    drain(deflater, buffer, file);
                }
            }
            deflater.finish();
            drain(deflater, buffer, file);
            return deflater.getBytesWritten();
        } finally {
            deflater.end();
        }
    }

    private static void drain(Deflater deflater, ByteBuffer buffer, WholeFile file) {
        while (deflater.deflate(buffer.clear()) > 0) {
            file.write(buffer.flip());
        }
    }

    private static String header(ImageSpec spec, boolean compressed, long bytes, String data) {
        boolean volume = spec.depth() > 1;
        Geometry geometry = spec.geometry();
        boolean msb = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        lines.add("ObjectType = Image")
                .add("NDims = " + (volume ? 3 : 2))
                .add("BinaryData = True")
                .add("BinaryDataByteOrderMSB = " + (msb ? "True" : "False"))
                .add("CompressedData = " + (compressed ? "True" : "False"));
        if (compressed) {
            lines.add("CompressedDataSize = " + bytes);
        }
        lines.add("TransformMatrix = " + numbers(geometry.directionX(), volume) + " "
                        + numbers(geometry.directionY(), volume)
                        + (volume ? " " + numbers(geometry.directionZ(), true) : ""))
                .add("Offset = " + numbers(geometry.origin(), volume))
                .add("ElementSpacing = " + numbers(geometry.spacing(), volume))
                .add("DimSize = " + spec.width() + " " + spec.height() + (volume ? " " + spec.depth() : ""))
                .add("ElementNumberOfChannels = " + spec.channels().channels())
                .add("ElementType = " + MetaHeader.typeName(spec.type()))
                .add("ElementDataFile = " + data);
        return lines.toString();
    }

    private static String numbers(Vector3 vector, boolean volume) {
        return vector.x() + " " + vector.y() + (volume ? " " + vector.z() : "");
    }
}
