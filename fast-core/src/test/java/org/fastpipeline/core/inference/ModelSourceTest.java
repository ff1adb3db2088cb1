// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import java.nio.file.Path;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Models do not name the axes of their ports, and leave sizes open; what is described completes them.
class ModelSourceTest {
    private static final Path FILE = Path.of("net.onnx");
    private static final ModelSource PLAIN = ModelSource.of(FILE, ModelFormat.ONNX);

    private static ModelSource described(TensorSpec spec) {
        return new ModelSource(
                FILE, ModelFormat.ONNX, ImmutableList.of(), ImmutableList.of(), ImmutableMap.of("x", spec));
    }

    private static TensorSpec port(ModelSource source, long... sizes) {
        return source.port("x", ElementType.F32, ImmutableLongArray.copyOf(sizes))
                .spec();
    }

    @ParameterizedTest
    @CsvSource({"1, N", "2, NC", "3, NTC", "4, NHWC", "5, NDHWC", "6, NTDHWC"})
    void axesAreTheUsualOnesOfTheRankWhereNobodyNamesThem(int rank, String axes) {
        long[] sizes = new long[rank];
        assertThat(port(PLAIN, sizes)).isEqualTo(TensorSpec.of(axes, ElementType.F32, sizes));
    }

    @Test
    void aRankWithoutUsualAxesNeedsNamesForThem() {
        assertThatThrownBy(() -> port(PLAIN, 1, 2, 3, 4, 5, 6, 7))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "model net.onnx: port x has 7 dimensions; needed fewer, or names for them. Give its shape with"
                                + " named axes in ModelSource.shapes");
    }

    @Test
    void theDescriptionNamesTheAxes() {
        assertThat(port(described(TensorSpec.of("NCHW", ElementType.F32, 1, 3, 8, 8)), 1, 3, 8, 8))
                .isEqualTo(TensorSpec.of("NCHW", ElementType.F32, 1, 3, 8, 8));
    }

    @Test
    void sizesThatOneOfTheTwoLeavesOpenAreThoseOfTheOther() {
        TensorSpec known = TensorSpec.of("NHW", ElementType.F32, TensorSpec.UNKNOWN, 8, TensorSpec.UNKNOWN);
        assertThat(port(described(known), 4, TensorSpec.UNKNOWN, TensorSpec.UNKNOWN))
                .isEqualTo(TensorSpec.of("NHW", ElementType.F32, 4, 8, TensorSpec.UNKNOWN));
    }

    @Test
    void anotherSizeThanTheDescribedOneIsRefused() {
        assertThatThrownBy(() -> port(described(TensorSpec.of("NC", ElementType.F32, 1, 3)), 1, 4))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("port x is F32 [1, 4] in the model but is described as F32(N=1, C=3)");
    }

    @Test
    void anotherRankThanTheDescribedOneIsRefused() {
        assertThatThrownBy(() -> port(described(TensorSpec.of("NC", ElementType.F32, 1, 3)), 1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("described as F32(N=1, C=3)");
    }

    @Test
    void anotherTypeThanTheDescribedOneIsRefused() {
        assertThatThrownBy(() -> port(described(TensorSpec.of("N", ElementType.U8, 1)), 1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("port x is F32 [1] in the model but is described as U8(N=1)");
    }
}
