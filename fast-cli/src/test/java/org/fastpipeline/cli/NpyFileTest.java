// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.memory.MemoryPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyFileTest {
    @TempDir
    private Path folder;

    /// A file as numpy.save writes it.
    private Path npy(int version, String header, byte... elements) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        int width = version == 1 ? 2 : 4;
        String padded = header + " ".repeat(63 - (8 + width + header.length()) % 64) + "\n";
        bytes.write(
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(padded.length())
                        .array(),
                0,
                width);
        bytes.write(padded.getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(elements);
        return Files.write(folder.resolve("a.npy"), bytes.toByteArray());
    }

    private static String header(String descr, String shape) {
        return "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }";
    }

    @ParameterizedTest
    @CsvSource({"<f4, F32, 4", "<f8, F64, 8", "|u1, U8, 1", "<u2, U16, 2", "<i2, I16, 2", "<i4, I32, 4", "<i8, I64, 8"})
    void elementsOfATensorsTypesAreRead(String descr, ElementType type, int bytes) throws IOException {
        byte[] elements = new byte[3 * bytes];
        new Random(1).nextBytes(elements);
        for (int version = 1; version <= 2; version++) {
            NpyFile file = NpyFile.open(npy(version, header(descr, "(3, 1)"), elements));
            assertThat(file.type()).isEqualTo(type);
            assertThat(file.sizes().asList()).containsExactly(3L, 1L);
            byte[] read = new byte[elements.length];
            file.readInto(MemorySegment.ofArray(read));
            assertThat(read).isEqualTo(elements);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"(); 1; []", "(4,); 4; [4]", "(2,0,5,); 0; [2, 0, 5]"})
    void shapesAreReadAsPythonWritesTuples(String shape, int count, String sizes) throws IOException {
        NpyFile file = NpyFile.open(npy(1, header("|u1", shape), new byte[count]));
        assertThat(file.sizes()).hasToString(sizes);
    }

    @Test
    void theKeysMayStandInAnyOrder() throws IOException {
        Path file = npy(1, "{'shape':(2,),'fortran_order':False,'descr':'|u1'}", new byte[2]);
        assertThat(NpyFile.open(file).sizes().asList()).containsExactly(2L);
    }

    @Test
    void aVectorIsInBothOrders() throws IOException {
        Path file = npy(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (2,), }", new byte[2]);
        assertThat(NpyFile.open(file).sizes().asList()).containsExactly(2L);
    }

    @Test
    void whatIsWrittenIsWhatNumpyWritesAndIsReadAgain() throws IOException {
        try (MemoryPool pool = new MemoryPool(1 << 20, true);
                Tensor tensor = Tensor.of(
                        TensorSpec.of("NC", ElementType.F32, 2, 1), bytes -> pool.allocate(bytes, this), 1.5f, -2)) {
            Path file = folder.resolve("out.npy");
            NpyFile.write(file, tensor);
            byte[] written = Files.readAllBytes(file);
            byte[] elements = ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(1.5f)
                    .putFloat(-2)
                    .array();
            assertThat(written).isEqualTo(Files.readAllBytes(npy(1, header("<f4", "(2, 1)"), elements)));
            assertThat(written).hasSize(128 + 8);
            assertThat(NpyFile.open(file).sizes().asList()).containsExactly(2L, 1L);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'descr': '<f2', 'fortran_order': False, 'shape': (1,), }; type '<f2'; needed one of [<f4, <f8, |u1",
                "{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }; type '>f4'; astype",
                "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }; type '|O'; astype",
                "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), }; in Fortran order; ascontiguousarray",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }; 132 bytes; needed 136 for F32 [2]",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (), 'x': (1,)}; header is damaged; numpy.save",
                "{'descr': '<f4', 'descr': '<f4', 'shape': (1,)}; header is damaged; numpy.save",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }; header is damaged; numpy.save",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1 2,), }; header is damaged; numpy.save",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}; header is damaged; numpy.save",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807,), }; no memory; numpy.save",
            })
    void whatCannotBeReadIsNamedWithWhatToDo(String header, String problem, String remedy) throws IOException {
        Path file = npy(1, header, new byte[4]);
        assertThatThrownBy(() -> NpyFile.open(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(problem)
                .hasMessageContaining(remedy);
    }

    @Test
    void whatIsNoSuchFileIsNamed() throws IOException {
        assertThatThrownBy(() -> NpyFile.open(folder.resolve("none.npy")))
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> NpyFile.open(folder)).hasMessageContaining("it is no regular file");
        Path text = Files.writeString(folder.resolve("text.npy"), "a text, and no array");
        assertThatThrownBy(() -> NpyFile.open(text)).hasMessageContaining("does not begin as a .npy file does");
        Path later =
                Files.write(folder.resolve("3.npy"), new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 3, 0, 0, 0});
        assertThatThrownBy(() -> NpyFile.open(later)).hasMessageContaining("met format version 3.0; needed 1.0 or 2.0");
        Path large = Files.write(
                folder.resolve("l.npy"), new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1});
        assertThatThrownBy(() -> NpyFile.open(large)).hasMessageContaining("met a header of 4294967295 bytes");
    }

    /// Whatever is in a file, it is an array or refused with a reason; nothing else is thrown, and nothing hangs.
    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        byte[] whole = Files.readAllBytes(npy(1, header("<f4", "(2, 3)"), new byte[24]));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int refused = 0;
        Path file = folder.resolve("damaged.npy");
        for (int round = 0; round < 2000; round++) {
            byte[] damaged = whole.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(damaged.length) : damaged.length;
            Files.write(file, Arrays.copyOf(damaged, length));
            try {
                NpyFile found = NpyFile.open(file);
                assertThat(found.type()).as("seed %d", seed).isNotNull();
            } catch (InputException expected) {
                refused++;
            } catch (RuntimeException unexpected) {
                throw new AssertionError("seed " + seed + ", round " + round, unexpected);
            }
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(500);
    }
}
