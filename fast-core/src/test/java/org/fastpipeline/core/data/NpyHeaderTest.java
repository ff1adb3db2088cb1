// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.fastpipeline.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyHeaderTest {
    /// A header as numpy.save writes it.
    private static byte[] npy(int version, String dictionary) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        int width = version == 1 ? 2 : 4;
        String padded = dictionary + " ".repeat(63 - (8 + width + dictionary.length()) % 64) + "\n";
        ByteBuffer length =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(padded.length());
        bytes.write(length.array(), 0, width);
        bytes.writeBytes(padded.getBytes(StandardCharsets.ISO_8859_1));
        return bytes.toByteArray();
    }

    private static String dictionary(String descr, String shape) {
        return "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }";
    }

    private static NpyHeader read(byte... file) {
        return NpyHeader.read("a.npy", Channels.newChannel(new ByteArrayInputStream(file)));
    }

    @ParameterizedTest
    @CsvSource({"<f4, F32", "<f8, F64", "|u1, U8", "<u2, U16", "<i2, I16", "<i4, I32", "<i8, I64"})
    void elementsOfATensorsTypesAreKnown(String descr, ElementType type) {
        for (int version = 1; version <= 2; version++) {
            byte[] file = npy(version, dictionary(descr, "(3, 1)"));
            NpyHeader header = read(file);
            assertThat(header.type()).isEqualTo(type);
            assertThat(header.sizes().asList()).containsExactly(3L, 1L);
            assertThat(header.start()).isEqualTo(file.length);
            assertThat(header.end("a.npy")).isEqualTo(file.length + 3L * type.bytes());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"(); []", "(4,); [4]", "(2,0,5,); [2, 0, 5]"})
    void shapesAreReadAsPythonWritesTuples(String shape, String sizes) {
        assertThat(read(npy(1, dictionary("|u1", shape))).sizes()).hasToString(sizes);
    }

    @Test
    void theKeysMayStandInAnyOrder() {
        assertThat(read(npy(1, "{'shape':(2,),'fortran_order':False,'descr':'|u1'}"))
                        .sizes()
                        .asList())
                .containsExactly(2L);
    }

    @Test
    void aVectorIsInBothOrders() {
        assertThat(read(npy(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (2,), }"))
                        .sizes()
                        .asList())
                .containsExactly(2L);
    }

    @ParameterizedTest
    @CsvSource({"F32, <f4", "F64, <f8", "U8, |u1", "U16, <u2", "I16, <i2", "I32, <i4", "I64, <i8"})
    void whatIsWrittenIsWhatNumpyWrites(ElementType type, String descr) {
        assertThat(NpyHeader.write(TensorSpec.of("NC", type, 2, 1)).array())
                .isEqualTo(npy(1, dictionary(descr, "(2, 1)")));
        assertThat(NpyHeader.write(TensorSpec.of("N", type, 7)).array()).isEqualTo(npy(1, dictionary(descr, "(7,)")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'descr': '<f2', 'fortran_order': False, 'shape': (1,), }; type '<f2'; needed one of [<f4, <f8, |u1",
                "{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }; type '>f4'; astype",
                "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }; type '|O'; astype",
                "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), }; in Fortran order; ascontiguousarray",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (), 'x': (1,)}; header is damaged; numpy.save",
                "{'descr': '<f4', 'descr': '<f4', 'shape': (1,)}; header is damaged; numpy.save",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }; header is damaged; numpy.save",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1 2,), }; header is damaged; numpy.save",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}; header is damaged; numpy.save",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807,), }; no memory; numpy.save",
            })
    void whatCannotBeReadIsNamedWithWhatToDo(String dictionary, String problem, String remedy) {
        assertThatThrownBy(() -> read(npy(1, dictionary)).end("a.npy"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a.npy: ")
                .hasMessageContaining(problem)
                .hasMessageContaining(remedy);
    }

    @Test
    void whatIsNoSuchFileIsNamed() {
        assertThatThrownBy(() -> read("a text, and no array".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("does not begin as a .npy file does");
        assertThatThrownBy(() -> read((byte) 0x93, (byte) 'N')).hasMessageContaining("it ends too early");
        byte[] later = npy(1, dictionary("<f4", "(1,)"));
        later[6] = 3;
        assertThatThrownBy(() -> read(later)).hasMessageContaining("met format version 3.0; needed 1.0 or 2.0");
        byte[] large = npy(2, dictionary("<f4", "(1,)"));
        Arrays.fill(large, 8, 12, (byte) -1);
        assertThatThrownBy(() -> read(large)).hasMessageContaining("met a header of 4294967295 bytes");
    }

    /// Whatever is in a file, it is an array or refused with a reason; nothing else is thrown, and nothing hangs.
    @Test
    void damagedHeadersAreReadOrRefused() {
        byte[] whole = npy(1, dictionary("<f4", "(2, 3)"));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] damaged = whole.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(damaged.length) : damaged.length;
            try {
                assertThat(read(Arrays.copyOf(damaged, length)).end("a.npy"))
                        .as("seed %d", seed)
                        .isPositive();
            } catch (InputException expected) {
                refused++;
            } catch (RuntimeException unexpected) {
                throw new AssertionError("seed " + seed + ", round " + round, unexpected);
            }
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(500);
    }
}
