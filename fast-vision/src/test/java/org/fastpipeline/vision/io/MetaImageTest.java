// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.DeflaterOutputStream;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Geometry;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Vector3;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.testing.NodeResult;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetaImageTest {
    private static final String PLAIN = "ObjectType = Image\nNDims = 2\nDimSize = 3 2\nElementType = MET_UCHAR\n";
    private static final Geometry TURNED = new Geometry(
            new Vector3(0.25, 0.5, 2),
            new Vector3(-3.5, 4, 7),
            new Vector3(0, 1, 0),
            new Vector3(-1, 0, 0),
            new Vector3(0, 0, -1));

    @TempDir
    Path folder;

    /// What a file is read as.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Read(ImageSpec spec, byte[] pixels) {}

    private static Read read(Path file) {
        ImageFileStreamer streamer = new ImageFileStreamer(file.toString());
        try (NodeRun run = NodeRun.of(streamer);
                NodeResult frame = run.next().orElseThrow()) {
            Image image = frame.get(streamer.image);
            return new Read(image.spec(), image.pixels().toArray(ValueLayout.JAVA_BYTE));
        }
    }

    private Path file(String name, String header, byte[] data) throws IOException {
        Files.write(folder.resolve("data.raw"), data);
        return Files.writeString(folder.resolve(name), header);
    }

    private String problem(String header, byte[] data) throws IOException {
        try {
            return "was read: " + read(file("bad.mhd", header, data));
        } catch (InputException refused) {
            assertThat(refused.source()).startsWith(folder.toString());
            return refused.problem();
        }
    }

    private static Image image(ImageSpec spec, Allocator memory, long seed) {
        Image image = Image.allocate(spec, memory);
        SplittableRandom random = new SplittableRandom(seed);
        for (long at = 0; at < spec.bytes(); at++) {
            image.writablePixels().set(ValueLayout.JAVA_BYTE, at, (byte) random.nextInt());
        }
        return image;
    }

    private static byte[] deflated(byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(data);
        }
        return bytes.toByteArray();
    }

    @Test
    @Tag("behaviour-172")
    void imagesComeBackAsTheyWereWritten() {
        List<ChannelOrder> orders = List.of(ChannelOrder.GREY, ChannelOrder.XY, ChannelOrder.RGB, ChannelOrder.RGBA);
        int number = 0;
        for (ElementType type : ElementType.values()) {
            for (ChannelOrder order : orders) {
                for (int depth = 1; depth <= 3; depth += 2) {
                    for (boolean compressed : new boolean[] {false, true}) {
                        ImageSpec spec =
                                ImageSpec.volume(7, 5, depth, order, type).with(depth == 1 ? flat(TURNED) : TURNED);
                        check(spec, compressed, "image-" + number++);
                    }
                }
            }
        }
        assertThat(number).isEqualTo(7 * 4 * 2 * 2);
    }

    private static Geometry flat(Geometry geometry) {
        Vector3 spacing = new Vector3(geometry.spacing().x(), geometry.spacing().y(), 1);
        Vector3 origin = new Vector3(geometry.origin().x(), geometry.origin().y(), 0);
        return new Geometry(spacing, origin, geometry.directionX(), geometry.directionY(), new Vector3(0, 0, 1));
    }

    private void check(ImageSpec spec, boolean compressed, String name) {
        MetaImageSink sink = new MetaImageSink(folder);
        byte[] pixels;
        try (NodeRun run = NodeRun.of(sink)) {
            Image image = image(spec, run.memory(), name.hashCode());
            pixels = image.pixels().toArray(ValueLayout.JAVA_BYTE);
            run.with(sink.image, image)
                    .with(sink.compressed, compressed)
                    .with(Metadata.ORIGIN, name + ".png")
                    .execute();
            run.end();
        }
        assertThat(folder.resolve(name + (compressed ? ".zraw" : ".raw"))).exists();
        Read back = read(folder.resolve(name + ".mhd"));
        assertThat(back.spec()).as(name).isEqualTo(spec);
        assertThat(back.pixels()).as(name).isEqualTo(pixels);
    }

    @Test
    void rowsWithGapsAreWrittenPacked() {
        ImageSpec packed = ImageSpec.of(5, 3, ChannelOrder.GREY, ElementType.U8);
        ImageSpec wide = new ImageSpec(5, 3, 1, ChannelOrder.GREY, ElementType.U8, 8, 64, packed.geometry(), 1, 0);
        MetaImageSink sink = new MetaImageSink(folder);
        byte[] first;
        try (NodeRun run = NodeRun.of(sink)) {
            Image image = image(wide, run.memory(), 1);
            first = image.pixels().asSlice(64, 5).toArray(ValueLayout.JAVA_BYTE);
            run.with(sink.image, image).execute();
            run.end();
        }
        Read back = read(folder.resolve("frame-000000.mhd"));
        assertThat(back.spec()).isEqualTo(packed);
        assertThat(Arrays.copyOfRange(back.pixels(), 5, 10)).isEqualTo(first);
    }

    @Test
    void blueFirstIsRefusedAsReadersWouldTakeItForRed() {
        MetaImageSink sink = new MetaImageSink(folder);
        try (NodeRun run = NodeRun.of(sink)) {
            Image image = image(ImageSpec.of(2, 2, ChannelOrder.BGR, ElementType.U8), run.memory(), 1);
            assertThatThrownBy(() -> run.with(sink.image, image).execute()).hasStackTraceContaining("needed RGB");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void samplesMayFollowTheHeader() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write((PLAIN + "ElementDataFile = LOCAL\n").getBytes(StandardCharsets.US_ASCII));
        bytes.write(new byte[] {1, 2, 3, 4, 5, '\n'});
        Path file = Files.write(folder.resolve("all.mha"), bytes.toByteArray());
        assertThat(read(file).pixels()).containsExactly(1, 2, 3, 4, 5, 10);
    }

    @Test
    void otherByteOrdersAndSignedBytesAreConverted() throws IOException {
        String shorts = PLAIN.replace("UCHAR", "SHORT") + "BinaryDataByteOrderMSB = True\nElementDataFile = data.raw";
        byte[] data = new byte[12];
        ByteBuffer.wrap(data).order(ByteOrder.BIG_ENDIAN).putShort((short) -2).putShort((short) 300);
        Read swapped = read(file("msb.mhd", shorts, data));
        assertThat(swapped.spec().type()).isEqualTo(ElementType.I16);
        assertThat(samples(swapped)).startsWith((short) -2, (short) 300);

        String signed = PLAIN.replace("UCHAR", "CHAR") + "ElementDataFile = data.raw\n";
        Read widened = read(file("signed.mhd", signed, new byte[] {-128, -1, 0, 1, 2, 127}));
        assertThat(samples(widened)).containsExactly(-128, -1, 0, 1, 2, 127);
    }

    private static short[] samples(Read image) {
        short[] samples = new short[image.pixels().length / 2];
        ByteBuffer.wrap(image.pixels())
                .order(ByteOrder.nativeOrder())
                .asShortBuffer()
                .get(samples);
        return samples;
    }

    @Test
    void bytesBeforeTheSamplesAreSkipped() throws IOException {
        byte[] data = {9, 9, 1, 2, 3, 4, 5, 6};
        String two = PLAIN + "HeaderSize = 2\nElementDataFile = data.raw\n";
        assertThat(read(file("two.mhd", two, data)).pixels()).containsExactly(1, 2, 3, 4, 5, 6);
        String end = PLAIN + "HeaderSize = -1\nElementDataFile = data.raw\n";
        assertThat(read(file("end.mhd", end, data)).pixels()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void samplesOfAnotherSizeAreRefused() throws IOException {
        String header = PLAIN + "ElementDataFile = data.raw\n";
        assertThat(problem(header, new byte[5])).contains("met 5 bytes of samples; needed 6 for 3 x 2 GREY U8");
        assertThat(problem(header, new byte[7])).contains("met 7 bytes of samples; needed 6");
        String packed = PLAIN + "CompressedData = True\nElementDataFile = data.raw\n";
        assertThat(problem(packed, deflated(new byte[5]))).contains("compressed samples are fewer");
        assertThat(problem(packed, deflated(new byte[7]))).contains("compressed samples are more");
        assertThat(problem(packed, new byte[] {1, 2, 3})).contains("compressed samples are damaged");
        assertThat(problem(packed, new byte[0])).contains("compressed samples are fewer");
    }

    @Test
    void aHeaderNamesNoFileOutsideItsFolder() throws IOException {
        for (String name : List.of("/etc/passwd", "../x.raw", "a/../../x.raw", "C:x.raw", "\\x.raw", "")) {
            assertThat(problem(PLAIN + "ElementDataFile = " + name + "\n", new byte[6]))
                    .contains("needed the name of a file in the same folder");
        }
        assertThat(problem(PLAIN + "ElementDataFile = LIST\n", new byte[6])).contains("not a list");
        assertThat(problem(PLAIN + "ElementDataFile = gone.raw\n", new byte[6])).contains("there is no file gone.raw");
    }

    @Test
    void headersOfOtherKindsAreRefusedBeforeAnythingIsAllocated() throws IOException {
        String last = "ElementDataFile = data.raw\n";
        assertThat(problem(PLAIN.replace("3 2", "3"), new byte[6])).contains("no ElementDataFile");
        assertThat(problem(PLAIN.replace("3 2", "3") + last, new byte[6])).contains("DimSize = 3; needed 2 numbers");
        assertThat(problem(PLAIN.replace("3 2", "0 2") + last, new byte[6])).contains("DimSize");
        assertThat(problem(PLAIN.replace("3 2", "1e99 2") + last, new byte[6])).contains("whole numbers");
        assertThat(problem(PLAIN.replace("3 2", "NaN 2") + last, new byte[6])).contains("finite numbers");
        assertThat(problem(PLAIN.replace("3 2", "50000 50000") + last, new byte[6]))
                .contains("at most");
        assertThat(problem(PLAIN.replace("UCHAR", "ULONG") + last, new byte[6])).contains("needed one of MET_UCHAR");
        assertThat(problem(PLAIN.replace("NDims = 2", "NDims = 4") + last, new byte[6]))
                .contains("from 2 to 3");
        assertThat(problem(PLAIN + "ElementSpacing = 0 1\n" + last, new byte[6]))
                .contains("numbers above 0");
        assertThat(problem(PLAIN + "TransformMatrix = 2 0 0 1\n" + last, new byte[6]))
                .contains("axes of length 1");
        assertThat(problem(PLAIN + "ElementNumberOfChannels = 5\n" + last, new byte[6]))
                .contains("from 1 to 4");
        assertThat(problem("\u0089PNG", new byte[6])).contains("a line without '='");
        assertThat(problem("a = b\n".repeat(20_000), new byte[6])).contains("no ElementDataFile");
    }

    @Test
    void foldersAndPatternsHaveThemWithoutACountOfTheirSamples() throws IOException {
        String header = PLAIN + "ElementSpacing = 0.25 0.5\nElementDataFile = data.raw\n";
        file("data.mhd", header, new byte[6]);
        Files.copy(folder.resolve("data.mhd"), folder.resolve("more.MHD"));
        MediaStreamer media = new MediaStreamer(folder.toString());
        assertThat(media.files()).hasSize(2);
        assertThat(media.leftOut()).isEmpty();
        assertThat(new MediaStreamer(folder + "/*.mhd").files()).hasSize(1);
        try (NodeRun run = NodeRun.of(media);
                NodeResult frame = run.next().orElseThrow()) {
            assertThat(frame.get(media.image).spec().geometry().spacing().x()).isCloseTo(0.25, within(0.0));
        }
        Files.createFile(folder.resolve("lonely.raw"));
        assertThat(media.leftOut()).hasSize(1);
    }

    @Test
    void aVolumeIsKnownByItsHeader() throws IOException {
        String volume = """
                ObjectType = Image
                NDims = 3
                DimSize = 3 2 %d
                ElementType = MET_UCHAR
                ElementDataFile = elsewhere.raw
                """;
        Path three = Files.writeString(folder.resolve("three.mhd"), volume.formatted(3));
        Path one = Files.writeString(folder.resolve("one.mhd"), volume.formatted(1));
        Path broken = Files.writeString(folder.resolve("broken.mhd"), "nothing");
        Path other = Files.writeString(folder.resolve("other.png"), volume.formatted(3));

        assertThat(new ImageFileStreamer(three.toString()).isOfVolumes()).isTrue();
        assertThat(List.of(one, broken, other)).noneMatch(file -> new ImageFileStreamer(file.toString()).isOfVolumes());
    }
}
