// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jdk.jfr.Event;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.stream.Streamer;
import org.junit.jupiter.api.Test;

class PublicApiTest {
    /// The classes that users extend.
    private static final Set<Class<?>> FOR_EXTENSION = Set.of(
            Stateless.class, Stateful.class, Source.class, Fold.class, Restream.class, Sink.class, Streamer.class);

    private static final String LIST = "fast-core/src/test/java/org/fastpipeline/core/house/public-types.txt";
    private static final int AT_LEAST = 60;

    @Test
    void publicTypesAreThoseOfTheReviewedList() throws IOException {
        List<String> listed = Repository.read(LIST)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        List<String> found = CoreClasses.publicTypes(AT_LEAST).stream()
                .map(type -> type.getName().substring(CoreClasses.ROOT.length() + 1))
                .toList();
        assertThat(found)
                .as("a type that becomes public, or ceases to be, is entered in %s, for review", LIST)
                .containsExactlyInAnyOrderElementsOf(listed);
    }

    @Test
    void publicTypesCannotBeExtendedUnlessTheyAreMadeForIt() {
        Set<String> open = new TreeSet<>();
        for (JavaClass type : CoreClasses.publicTypes(AT_LEAST)) {
            boolean closed = type.isInterface()
                    || type.getModifiers().contains(JavaModifier.FINAL)
                    || type.reflect().isSealed()
                    || type.isEnum()
                    || FOR_EXTENSION.contains(type.reflect());
            if (!closed) {
                open.add(type.getName());
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void classesForExtensionAreAbstract() {
        assertThat(FOR_EXTENSION)
                .allSatisfy(type -> assertThat(type.getModifiers()).matches(Modifier::isAbstract, "is abstract"));
    }

    @Test
    void everyErrorThatUsersSeeIsAFastException() {
        List<JavaClass> errors = CoreClasses.publicTypes(AT_LEAST).stream()
                .filter(type -> type.isAssignableTo(Throwable.class))
                .toList();
        assertThat(errors)
                .hasSizeGreaterThanOrEqualTo(15)
                .allMatch(type -> type.isAssignableTo(FastException.class), "is a FastException");
    }

    @Test
    void noOtherThrowableIsOurs() {
        Set<String> others = new TreeSet<>();
        for (JavaClass type : CoreClasses.all(150)) {
            if (type.isAssignableTo(Throwable.class) && !type.isAssignableTo(FastException.class)) {
                others.add(type.getName());
            }
        }
        assertThat(others).isEmpty();
    }

    /// What users call throws `FastException` only, and `InterruptedException` where it blocks. What the executor
    /// calls may throw anything: the methods of interfaces, and those of nodes.
    @Test
    void noMethodThatUsersCallDeclaresACheckedException() {
        Set<String> declared = new TreeSet<>();
        for (JavaClass type : CoreClasses.publicTypes(AT_LEAST)) {
            if (!type.isInterface() && !type.isAssignableTo(ProcessObject.class)) {
                for (JavaCodeUnit unit : type.getCodeUnits()) {
                    if (unit.getModifiers().contains(JavaModifier.PUBLIC)
                            && unit.getThrowsClause().getTypes().stream()
                                    .anyMatch(thrown -> !thrown.isEquivalentTo(InterruptedException.class))) {
                        declared.add(unit.getFullName());
                    }
                }
            }
        }
        assertThat(declared).isEmpty();
    }

    @Test
    void typesAreNamedForWhatTheyAre() {
        CoreClasses.check(ArchRuleDefinition.classes()
                .should()
                .haveSimpleNameNotContaining("Abstract")
                .andShould()
                .haveSimpleNameNotEndingWith("Impl")
                .andShould()
                .haveSimpleNameNotContaining("Util")
                .andShould()
                .haveSimpleNameNotContaining("Helper")
                .andShould()
                .haveSimpleNameNotContaining("Manager"));
    }

    @Test
    void noStateIsStatic() {
        CoreClasses.check(
                ArchRuleDefinition.fields().that().areStatic().should().beFinal());
    }

    @Test
    void publicFieldsAreFinal() {
        Set<String> open = new TreeSet<>();
        for (JavaClass type : CoreClasses.publicTypes(AT_LEAST)) {
            // what the recorder reads is written field by field, in JFR's own way
            if (!type.isAssignableTo(Event.class)) {
                type.getFields().stream()
                        .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL))
                        .forEach(field -> open.add(field.getFullName()));
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void noPublicSignatureShowsATypeThatIsNotPublic() {
        Set<String> hidden = new TreeSet<>();
        Set<String> visible = new TreeSet<>();
        CoreClasses.publicTypes(AT_LEAST).forEach(type -> visible.add(type.getName()));
        for (JavaClass type : CoreClasses.publicTypes(AT_LEAST)) {
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                if (unit.getModifiers().contains(JavaModifier.PUBLIC)
                        && !unit.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                    unit.getAllInvolvedRawTypes().stream()
                            .map(JavaClass::getBaseComponentType)
                            .filter(involved -> involved.getPackageName().startsWith(CoreClasses.ROOT))
                            .filter(involved -> !visible.contains(involved.getName()))
                            .forEach(involved -> hidden.add(unit.getFullName() + " shows " + involved.getName()));
                }
            }
        }
        assertThat(hidden).isEmpty();
    }
}
