// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.NpyHeader;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpySinkTest {
    @TempDir
    private Path folder;

    private static Tensor items(NodeRun run, int items, int width, int value) {
        Tensor tensor = Tensor.allocate(TensorSpec.of("NW", ElementType.U8, items, width), run.memory());
        for (long i = 0; i < (long) items * width; i++) {
            tensor.writableElements().set(ValueLayout.JAVA_BYTE, i, (byte) value);
        }
        return tensor;
    }

    @Test
    void itemsOfAllFramesFollowEachOtherInOneArray() throws IOException {
        Path file = folder.resolve("items.npy");
        NpySink sink = new NpySink(file);
        try (NodeRun run = NodeRun.of(sink)) {
            run.with(sink.tensor, items(run, 2, 3, 7)).execute();
            run.with(sink.tensor, items(run, 0, 3, 0)).execute();
            run.with(sink.tensor, items(run, 1, 3, 9)).execute();
            assertThat(file).doesNotExist();
            run.end();
        }
        byte[] bytes = Files.readAllBytes(file);
        NpyHeader header = NpyHeader.read("items.npy", Channels.newChannel(new ByteArrayInputStream(bytes)));
        assertThat(header.type()).isEqualTo(ElementType.U8);
        assertThat(header.sizes().asList()).containsExactly(3L, 3L);
        assertThat(Arrays.copyOfRange(bytes, (int) header.start(), bytes.length))
                .containsExactly(7, 7, 7, 7, 7, 7, 9, 9, 9);
    }

    @Test
    void itemsOfAnotherSizeAreRefused() {
        NpySink sink = new NpySink(folder.resolve("items.npy"));
        try (NodeRun run = NodeRun.of(sink)) {
            run.with(sink.tensor, items(run, 1, 3, 7)).execute();
            assertThatThrownBy(() -> run.with(sink.tensor, items(run, 1, 4, 7)).execute())
                    .hasStackTraceContaining("npySink.tensor: met")
                    .hasStackTraceContaining("Write each kind to a file of its own");
        }
    }

    @Test
    void arrayOfARunThatWasCancelledDoesNotAppear() {
        NpySink sink = new NpySink(folder.resolve("items.npy"));
        try (NodeRun run = NodeRun.of(sink)) {
            run.with(sink.tensor, items(run, 1, 3, 7)).execute();
            run.end(new Completion.Cancelled());
        }
        assertThat(folder).isEmptyDirectory();
    }
}
