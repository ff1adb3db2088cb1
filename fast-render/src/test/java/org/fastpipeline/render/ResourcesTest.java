// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.DisplayException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.memory.MemoryPool;
import org.fastpipeline.render.gl.GlContext;
import org.fastpipeline.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lwjgl.opengl.GL11C;

/// What drawing takes, and that it gives it back.
@ExtendWith(LeakCheck.class)
class ResourcesTest {
    private static final int FRAMES = 500;
    private static final int WARM_UP = 100;
    private static final int SIZE = 512;
    private static final long MOST_GROWTH_KB = 64 << 10;

    private static final Path STATUS = Path.of("/proc/self/status");

    private final Out<Image> port = Shown.grey(1, 1, (_, _) -> 0);

    /// Memory of the process that is not the Java heap's alone, in kB.
    private static long residentKb() throws IOException {
        String line = Files.readAllLines(STATUS).stream()
                .filter(one -> one.startsWith("RssAnon:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    @Test
    void texturesAndNativeMemoryStayFlatOver500Frames(MemoryPool pool) throws IOException {
        assumeTrue(Files.isReadable(STATUS), "the system tells how much memory a process has");
        View view = View.of(ImageLayer.of(port), SegmentationLayer.of(port), BoxLayer.of(port, _ -> boxes()));
        ImageSpec spec = ImageSpec.of(SIZE, SIZE, ChannelOrder.GREY, ElementType.U8);
        try (Stage stage = new Stage(view, SIZE, SIZE, pool);
                Image image = Image.allocate(spec, stage.memory())) {
            image.fill(1);
            long before = 0;
            for (int i = 0; i < FRAMES; i++) {
                stage.take(ImmutableMap.of(port, image), Metadata.EMPTY);
                stage.paint();
                assertThat(stage.textures()).isEqualTo(2);
                before = i == WARM_UP ? residentKb() : before;
            }

            // A lost texture a frame would be 200 MB.
            assertThat(residentKb() - before).isLessThan(MOST_GROWTH_KB);
        }
    }

    private static List<Box> boxes() {
        return List.of(new Box(10, 10, 50, 50));
    }

    @Test
    void imagesOfManySizesKeepFewTextures(MemoryPool pool) {
        try (Stage stage = new Stage(View.of(ImageLayer.of(port)), 64, 64, pool)) {
            for (int i = 0; i < 200; i++) {
                ImageSpec spec = ImageSpec.of(1 + i % 40, 1 + i % 30, ChannelOrder.GREY, ElementType.U8);
                try (Image image = Image.allocate(spec, stage.memory())) {
                    image.fill(i);
                    stage.take(ImmutableMap.of(port, image), Metadata.EMPTY);
                }
                stage.paint();
                assertThat(stage.textures()).isLessThanOrEqualTo(9);
            }
        }
    }

    @Test
    void anImageLargerThanTheCardCanHoldIsRefusedWithItsSize(MemoryPool pool) {
        try (Stage stage = new Stage(View.of(ImageLayer.of(port)), 64, 64, pool)) {
            ImageSpec spec = ImageSpec.of(1 << 17, 1, ChannelOrder.GREY, ElementType.U8);
            try (Image image = Image.allocate(spec, stage.memory())) {
                assertThatThrownBy(() -> stage.take(ImmutableMap.of(port, image), Metadata.EMPTY))
                        .isInstanceOf(DisplayException.class)
                        .hasMessageContaining("131072 x 1");
            }
        }
    }

    @Test
    void aDamagedShaderIsNamedWithWhatTheDriverSays() {
        GlContext gl = GlContext.offscreen();
        try {
            assertThatThrownBy(() -> gl.use(() -> gl.program("void main() { nonsense }")))
                    .isInstanceOf(DisplayException.class)
                    .hasMessageMatching("(?s)shader: the graphics driver refused it: .*error.*");
        } finally {
            gl.close();
        }
    }

    @Test
    void aWrongCallOfOpenGlFails() {
        GlContext gl = GlContext.offscreen();
        try {
            assertThatThrownBy(() -> gl.use(() -> {
                        GL11C.glBindTexture(12345, 1);
                        return true;
                    }))
                    .isInstanceOf(DisplayException.class);
        } finally {
            gl.close();
        }
    }
}
