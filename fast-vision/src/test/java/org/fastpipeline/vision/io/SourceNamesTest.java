// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceNamesTest {
    private static final Path A = Path.of("/study/day1/left/x.png");
    private static final Path B = Path.of("/study/day2/left/x.png");
    private static final Path OTHER = Path.of("/study/day2/left/y.png");

    @Test
    void filesOfOneNameAreCalledByAsManyFoldersAsTellThemApart() {
        SourceNames names = SourceNames.of(List.of(A, B, OTHER));
        assertThat(names.of(A)).contains("day1/left/x.png");
        assertThat(names.of(B)).contains("day2/left/x.png");
        assertThat(SourceNames.of(List.of(A, Path.of("/study/right/x.png"))).of(A))
                .contains("left/x.png");
    }

    @Test
    void nameThatIsThereOnceIsEnough() {
        assertThat(SourceNames.of(List.of(A, B, OTHER)).of(OTHER)).isEmpty();
        assertThat(SourceNames.of(List.of(A, A)).of(A)).isEmpty();
    }

    @Test
    void fileNamesWithoutFoldersAreToldApartByTheWholePath() {
        Path bare = Path.of("x.png");
        Path deep = Path.of("x.png").toAbsolutePath().resolveSibling("sub").resolve("x.png");
        assertThat(SourceNames.of(List.of(bare, deep)).of(deep)).contains("sub/x.png");
    }
}
