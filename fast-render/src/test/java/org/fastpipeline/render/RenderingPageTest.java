// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fastpipeline.core.data.Points;
import org.fastpipeline.core.graph.Out;
import org.junit.jupiter.api.Test;

/// What `docs/rendering.md` shows is what stands in the sources.
class RenderingPageTest {
    private static final Path PAGE = Path.of("../docs/rendering.md");
    private static final Path WINDOWS = Path.of("../docs/images");
    private static final Path TESTS = Path.of("src/test/java/org/fastpipeline/render");
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PICTURE = Pattern.compile("!\\[[^]]+]\\(([^)]+)\\)");
    private static final long MOST_BYTES = 40_000;

    @Test
    void everyProgramIsCompiled() throws IOException {
        String sources = stripped(Files.readString(TESTS.resolve("CrossLayer.java"))
                + Files.readString(TESTS.resolve("RenderingPage.java")));
        List<String> programs = PROGRAM.matcher(Files.readString(PAGE))
                .results()
                .map(match -> stripped(match.group(1)))
                .toList();

        assertThat(programs).hasSizeGreaterThanOrEqualTo(3).allSatisfy(program -> assertThat(sources)
                .contains(program));
    }

    private static String stripped(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    /// The pictures are the golden ones of the tests, and windows.
    @Test
    void thereIsAPictureOfEachLayerAndNoneIsLarge() throws IOException {
        List<Path> shown = PICTURE.matcher(Files.readString(PAGE))
                .results()
                .map(match -> PAGE.resolveSibling(match.group(1)).normalize())
                .toList();

        try (Stream<Path> golden = Files.list(Path.of("src/test/resources/golden"))) {
            assertThat(shown.stream().filter(file -> !file.startsWith(WINDOWS)))
                    .containsExactlyInAnyOrderElementsOf(
                            golden.map(file -> Path.of("../fast-render").resolve(file))
                                    .toList());
        }
        for (Path picture : shown) {
            assertThat(Files.size(picture)).as("%s", picture).isLessThan(MOST_BYTES);
        }
    }

    @Test
    void theLayerOfThePageDrawsItsCross() {
        Out<Points> points = Shown.constant(Points.class, Points.of(12, 9));

        BufferedImage shown = Shown.of(
                View.of(ImageLayer.of(Shown.grey(24, 24, (_, _) -> 0)), new CrossLayer(points, Colour.WHITE)), 24, 24);

        assertThat(shown.getRGB(12, 12) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        assertThat(shown.getRGB(8, 9) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        assertThat(shown.getRGB(8, 12) & 0xFFFFFF).isZero();
    }
}
