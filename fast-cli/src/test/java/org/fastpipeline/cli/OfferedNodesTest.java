// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fastpipeline.core.catalog.NodeCatalogs;
import org.fastpipeline.core.catalog.NodeType;
import org.fastpipeline.core.catalog.Setting;
import org.fastpipeline.core.graph.Constant;
import org.fastpipeline.core.graph.Lambda;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.stream.GeneratorStreamer;
import org.fastpipeline.core.stream.ValueStreamer;
import org.fastpipeline.vision.VisionNodes;
import org.junit.jupiter.api.Test;

/// What the modules offer by name is complete, and documented.
class OfferedNodesTest {
    /// Numbers that have no physical dimension: shares, ratios, scores, levels. An addition is a line here, for review.
    private static final Set<String> WITHOUT_DIMENSION = Set.of(
            "CapillaryDensity.threshold",
            "CapillaryPhantom.replays",
            "CapillaryPhantom.seed",
            "UltrasoundPhantom.replays",
            "UltrasoundPhantom.seed",
            "SsimRoiGenerator.levelShare",
            "SsimRoiGenerator.peak",
            "SsimRoiGenerator.prominence",
            "SsimRoiGenerator.tight",
            "SsimRoiGenerator.overlap",
            "StillBackground.dark",
            "Mog2Background.varianceThreshold",
            "Mog2Background.learningRate",
            "PatchGenerator.maskThreshold",
            "PyramidPatchGenerator.level",
            "PyramidPatchGenerator.maskThreshold",
            "ImageFileStreamer.replays",
            "VideoStreamer.replays",
            "ImageEncoder.pngLevel",
            "SegmentationNetwork.threshold",
            "TensorToSegmentation.threshold",
            "TensorToDetections.threshold",
            "BoundingBoxNetwork.threshold",
            "BoundingBoxNetwork.overlap",
            "NonMaximumSuppression.overlap");

    /// They hold a value or a function of the program, which no text can name.
    private static final Set<String> OF_PROGRAMS = Stream.of(
                    Constant.class, Mapping.class, Lambda.class, GeneratorStreamer.class, ValueStreamer.class)
            .map(Class::getSimpleName)
            .collect(Collectors.toSet());

    private final List<NodeType> types = NodeCatalogs.find().offers().values().stream()
            .map(NodeCatalogs.Offer::type)
            .toList();

    private static ProcessObject sample(NodeType type) {
        return type.sample(type.initial());
    }

    private static Stream<Parameter.Declaration<?>> declarations(NodeType type) {
        return Stream.concat(
                type.settings().stream().map(Setting::declaration),
                sample(type).parameters().stream().map(Parameter::declaration));
    }

    @Test
    void nodesAreNamedForTheirClassesAndSayWhatTheyDo() {
        assertThat(types).hasSizeGreaterThanOrEqualTo(16).allSatisfy(type -> {
            assertThat(sample(type).getClass().getSimpleName()).isEqualTo(type.name());
            assertThat(type.doc()).isNotBlank().doesNotEndWith(".").matches("[a-z].*");
        });
    }

    @Test
    void everyPortSaysWhatItCarries() {
        assertThat(types).allSatisfy(type -> {
            assertThat(sample(type).inputs())
                    .allSatisfy(
                            port -> assertThat(port.doc()).as(port.toString()).isNotBlank());
            assertThat(sample(type).outputs())
                    .allSatisfy(
                            port -> assertThat(port.doc()).as(port.toString()).isNotBlank());
        });
    }

    @Test
    void everyParameterAndSettingSaysWhatItDoesAndWhatItTakes() {
        assertThat(types).allSatisfy(type -> assertThat(declarations(type)).allSatisfy(declaration -> {
            assertThat(declaration.doc())
                    .as(type.name() + "." + declaration.name())
                    .isNotBlank();
            assertThat(declaration.range()).isNotBlank();
        }));
    }

    @Test
    void everyNumberHasAUnitOrIsKnownToHaveNone() {
        Set<String> without = new TreeSet<>();
        for (NodeType type : types) {
            declarations(type)
                    .filter(declaration -> Number.class.isAssignableFrom(declaration.type())
                            && declaration.unit().isBlank())
                    .forEach(declaration -> without.add(type.name() + "." + declaration.name()));
        }
        assertThat(without).containsExactlyInAnyOrderElementsOf(WITHOUT_DIMENSION);
    }

    @Test
    void everyNodeOfCoreAndVisionIsOffered() throws Exception {
        Set<String> nodes = new TreeSet<>();
        nodes.addAll(nodesBeside(NodeCatalogs.class));
        nodes.addAll(nodesBeside(VisionNodes.class));
        nodes.removeAll(OF_PROGRAMS);
        assertThat(types).extracting(NodeType::name).containsAll(nodes);
        assertThat(nodes).hasSizeGreaterThanOrEqualTo(16);
    }

    /// The simple names of the public nodes in the module of a class.
    private static Set<String> nodesBeside(Class<?> one)
            throws IOException, URISyntaxException, ClassNotFoundException {
        Path classes =
                Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (!Files.isDirectory(classes)) {
            try (var jar = FileSystems.newFileSystem(classes)) {
                return nodes(jar.getPath("/"));
            }
        }
        return nodes(classes);
    }

    private static Set<String> nodes(Path classes) throws IOException, ClassNotFoundException {
        Set<String> nodes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name =
                        classes.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
                if (!name.endsWith("-info")) {
                    Class<?> type = Class.forName(name, false, OfferedNodesTest.class.getClassLoader());
                    int modifiers = type.getModifiers();
                    if (ProcessObject.class.isAssignableFrom(type)
                            && Modifier.isPublic(modifiers)
                            && !Modifier.isAbstract(modifiers)) {
                        nodes.add(type.getSimpleName());
                    }
                }
            }
        }
        return nodes;
    }
}
