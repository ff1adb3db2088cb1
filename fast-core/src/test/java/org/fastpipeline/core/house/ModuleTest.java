// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ModuleTest {
    private static ModuleDescriptor descriptor() throws IOException {
        try (InputStream compiled = Files.newInputStream(CoreClasses.folder().resolve("module-info.class"))) {
            return ModuleDescriptor.read(compiled);
        }
    }

    @Test
    void coreExportsExactlyItsLayers() throws IOException {
        assertThat(descriptor().exports())
                .allMatch(export -> !export.isQualified(), "is exported to all")
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactlyInAnyOrderElementsOf(CoreClasses.LAYERS.stream()
                        .map(layer -> CoreClasses.ROOT + "." + layer)
                        .toList());
    }

    @Test
    void coreOpensNothing() throws IOException {
        assertThat(descriptor().isOpen()).isFalse();
        assertThat(descriptor().opens()).isEmpty();
    }

    @Test
    void coreRequiresTheJdkGuavaAndJSpecifyOnly() throws IOException {
        assertThat(descriptor().requires())
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactlyInAnyOrder("java.base", "jdk.jfr", "com.google.common", "org.jspecify");
    }

    @Test
    void coreLooksForEnginesAndNodesAndProvidesItsOwnNodesOnly() throws IOException {
        String catalog = CoreClasses.ROOT + ".catalog.NodeCatalog";
        assertThat(descriptor().uses())
                .containsExactlyInAnyOrder(CoreClasses.ROOT + ".inference.InferenceEngine", catalog);
        assertThat(descriptor().provides()).singleElement().satisfies(provided -> {
            assertThat(provided.service()).isEqualTo(catalog);
            assertThat(provided.providers()).containsExactly(CoreClasses.ROOT + ".catalog.CoreNodes");
        });
    }
}
