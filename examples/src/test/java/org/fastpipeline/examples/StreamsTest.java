// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.stream.GeneratorStreamer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples of docs/streams.md do what the page says, and it and docs/networks.md show nothing else.
class StreamsTest {
    private static final Path ROOT =
            Path.of(System.getProperty("fast.home")).resolve("../../..").normalize();
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private void write(String name, int width) throws IOException {
        ImageIO.write(
                new BufferedImage(width, 2, BufferedImage.TYPE_3BYTE_BGR),
                "png",
                folder.resolve(name).toFile());
    }

    @Test
    void filesFoldersAndPlayback() throws IOException {
        for (int i = 5; i < 9; i++) {
            write("frame_00" + i + ".png", i);
            write("more_" + i + ".png", 10 * i);
        }
        assertThat(Streams.numberedFiles(folder)).containsExactly(5, 7, 50, 70);
        Files.createFile(folder.resolve("done"));
        assertThat(Streams.folder(folder)).containsExactlyInAnyOrder(5, 6, 7, 8, 50, 60, 70, 80);
        assertThat(Streams.playback()).containsExactly(98L, 99L, 0L);
    }

    @Test
    void valuesAndGenerators() {
        assertThat(Streams.memory()).containsExactly(1, 2, 4, 8, 16);
        assertThat(Streams.generated()).containsExactly(64, 64, 64);
        assertThat(Streams.timed()).containsExactly("systole", "diastole", "systole");
    }

    @Test
    void joinsGroupsAndWindows() {
        assertThat(Streams.joined()).containsExactly("a", "x", "b", "y");
        assertThat(Streams.zipped()).containsExactly("a0", "b1", "c2");
        assertThat(Streams.synchronised()).containsExactly("0-0", "1-0", "2-1", "3-1");
        ImageSpec spec = ImageSpec.of(2, 2, ChannelOrder.GREY, ElementType.U8);
        var images = new GeneratorStreamer<>(Image.class, 10, (place, step) -> {
            Image image = Image.allocate(spec, step.memory());
            image.writablePixels().fill((byte) 0);
            return image;
        });
        assertThat(Streams.grouped(images.value)).containsExactly(4, 4, 2);
        assertThat(Streams.windows()).containsExactly("[0, 0, 0]", "[0, 0, 1]", "[0, 1, 2]", "[1, 2, 3]");
        assertThat(Streams.last()).isEqualTo(99);
    }

    @ParameterizedTest
    @CsvSource({"streams.md, 12", "networks.md, 6"})
    void everyProgramOfThePageStandsInTheExamples(String page, int atLeast) throws IOException {
        List<String> sources;
        try (var files = Files.walk(ROOT.resolve("examples/src/main"))) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .map(StreamsTest::stripped)
                    .toList();
        }
        List<String> programs = PROGRAM.matcher(
                        Files.readString(ROOT.resolve("docs").resolve(page)))
                .results()
                .map(match -> stripped(match.group(1)))
                .toList();
        assertThat(programs).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(programs).allSatisfy(program -> assertThat(sources).anyMatch(source -> source.contains(program)));
    }

    private static String stripped(Path file) {
        try {
            return stripped(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String stripped(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
