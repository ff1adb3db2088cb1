// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import java.io.ObjectInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DependencyRulesTest {
    /// The vendors that live in modules of their own.
    private static final String VENDOR =
            "(?i).*(opencv|bytedeco|javacpp|ffmpeg|lwjgl|tensorflow|openvino|onnxruntime).*";

    @Test
    void coreDependsOnTheJdkGuavaAndJSpecifyOnly() {
        CoreClasses.check(classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", "jdk.jfr..", "com.google.common..", "org.jspecify..", CoreClasses.ROOT + "..")));
    }

    @Test
    void coreDependsOnNoVendor() {
        CoreClasses.check(noClasses().should().dependOnClassesThat(nameMatching(VENDOR)));
    }

    @Test
    void noClassOfCoreIsNamedAfterAVendor() {
        CoreClasses.check(classes().should().haveNameNotMatching(VENDOR));
    }

    /// Counts are those of today, rounded down; with this, packages have no cycles either.
    @ParameterizedTest
    @CsvSource({
        "error, 15",
        "memory, 5",
        "data, 12",
        "graph, 35",
        "stream, 20",
        "measure, 8",
        "run, 40",
        "inference, 25",
        "network, 35",
        "catalog, 7",
    })
    void packagesDependOnThoseBelowThemOnly(String layer, int atLeast) {
        List<String> below = CoreClasses.LAYERS.subList(0, CoreClasses.LAYERS.indexOf(layer) + 1);
        String[] packages =
                below.stream().map(name -> CoreClasses.ROOT + "." + name).toArray(String[]::new);
        classes()
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackage(CoreClasses.ROOT + "..").or(resideInAnyPackage(packages)))
                .check(CoreClasses.of(layer, atLeast));
    }

    @Test
    void coreWritesToNoStandardStream() {
        CoreClasses.check(noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace"));
    }

    @Test
    void coreLogsThroughSystemLoggerOnly() {
        CoreClasses.check(noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.util.logging..", "org.slf4j..", "org.apache.logging..", "org.apache.commons.logging..")));
    }

    @Test
    void nothingWaitsForTheGarbageCollector() {
        CoreClasses.check(noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.lang.ref.."))
                .orShould(haveFinalizer()));
    }

    @Test
    void coreUsesNoUnsafeMemoryAndReadsNoSerialisedObjects() {
        CoreClasses.check(noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("sun..", "jdk.internal.."))
                .orShould()
                .dependOnClassesThat(equivalentTo(ObjectInputStream.class)));
    }

    @Test
    void coreFindsNothingByReflection() {
        CoreClasses.check(noClasses()
                .should()
                .callMethod(Class.class, "forName", String.class)
                .orShould()
                .callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class)
                .orShould()
                .callMethod(Class.class, "forName", Module.class, String.class)
                .orShould()
                .dependOnClassesThat(resideInAnyPackage("java.lang.reflect")));
    }

    private static ArchCondition<JavaClass> haveFinalizer() {
        return ArchCondition.from(DescribedPredicate.describe("have a finalizer", type -> type.getMethods().stream()
                .anyMatch(method -> method.getName().equals("finalize")
                        && method.getRawParameterTypes().isEmpty())));
    }
}
