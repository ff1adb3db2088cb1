// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.fastpipeline.core.error.FastException;

/// What the compiler made of core's main sources.
///
/// A rule over classes holds for none of them too, so whoever asks says how many there must be at least.
final class CoreClasses {
    static final String ROOT = "org.fastpipeline.core";

    /// The packages, each above all those before it.
    static final List<String> LAYERS =
            List.of("error", "memory", "data", "graph", "stream", "measure", "run", "inference", "network", "catalog");

    private static final JavaClasses ALL = new ClassFileImporter().importPath(folder());

    private CoreClasses() {}

    /// The folder that holds them.
    static Path folder() {
        try {
            return Path.of(FastException.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// All classes, nested ones among them.
    static JavaClasses all(int atLeast) {
        assertThat(ALL.size()).as("classes of core").isGreaterThanOrEqualTo(atLeast);
        return ALL;
    }

    /// The classes of one of the [#LAYERS].
    static JavaClasses of(String layer, int atLeast) {
        JavaClasses those = ALL.that(resideInAPackage(ROOT + "." + layer));
        assertThat(those.size()).as("classes of package %s", layer).isGreaterThanOrEqualTo(atLeast);
        return those;
    }

    /// The public types, public ones nested in public ones too.
    static List<JavaClass> publicTypes(int atLeast) {
        List<JavaClass> types = all(atLeast).stream()
                .filter(CoreClasses::isPublic)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .sorted((left, right) -> left.getName().compareTo(right.getName()))
                .toList();
        assertThat(types).as("public types of core").hasSizeGreaterThanOrEqualTo(atLeast);
        return types;
    }

    private static boolean isPublic(JavaClass type) {
        boolean here = type.getModifiers().contains(JavaModifier.PUBLIC);
        return here && type.getEnclosingClass().map(CoreClasses::isPublic).orElse(true);
    }

    /// Checks `rule` on all classes.
    static void check(ArchRule rule) {
        rule.check(all(150));
    }
}
