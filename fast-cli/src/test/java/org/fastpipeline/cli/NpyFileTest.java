// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyFileTest {
    @TempDir
    private Path folder;

    private Path written() {
        Path file = folder.resolve("out.npy");
        try (MemoryPool pool = new MemoryPool(1 << 20, true);
                Tensor tensor = Tensor.of(
                        TensorSpec.of("NC", ElementType.F32, 2, 1), bytes -> pool.allocate(bytes, this), 1.5f, -2)) {
            NpyFile.write(file, tensor);
        }
        return file;
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        NpyFile file = NpyFile.open(written());
        assertThat(file.type()).isEqualTo(ElementType.F32);
        assertThat(file.sizes().asList()).containsExactly(2L, 1L);
        byte[] read = new byte[2 * Float.BYTES];
        file.readInto(MemorySegment.ofArray(read));
        ByteBuffer elements = ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(elements.getFloat()).isEqualTo(1.5f);
        assertThat(elements.getFloat()).isEqualTo(-2);
    }

    @Test
    void aFileOfAnotherSizeThanItSaysIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        Path cut = Files.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, whole.length - 4));
        assertThatThrownBy(() -> NpyFile.open(cut))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(cut + ": ")
                .hasMessageContaining("met 132 bytes; needed 136 for F32 [2, 1]");
    }

    @Test
    void whatIsNoSuchFileIsNamed() throws IOException {
        assertThatThrownBy(() -> NpyFile.open(folder.resolve("none.npy")))
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> NpyFile.open(folder)).hasMessageContaining("it is no regular file");
        Path text = Files.writeString(folder.resolve("text.npy"), "a text, and no array");
        assertThatThrownBy(() -> NpyFile.open(text))
                .hasMessageStartingWith(text + ": ")
                .hasMessageContaining("does not begin as a .npy file does");
    }
}
