// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.ModelFormat;
import org.fastpipeline.core.inference.ModelSource;
import org.jspecify.annotations.Nullable;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_ImportGraphDefOptions;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/// Turns files into a graph and the one native session that runs it.
final class GraphLoader {
    private static final String SERVE = "serve";
    private static final String SERVING = "serving_default";
    private static final String INIT = "__saved_model_init_op";
    private static final String ANEW = "Export the model anew, or get it from where it came from";

    private final NativeLibrary library;
    private final ModelSource source;
    private final TF_Graph graph = TF_Graph.newGraph();
    private final TF_Status status = TF_Status.newStatus();

    private GraphLoader(NativeLibrary library, ModelSource source) {
        this.library = library;
        this.source = source;
    }

    /// All that is native is freed if this fails, else with the model.
    static TensorFlowModel load(NativeLibrary library, ModelSource source, EngineOptions options) {
        try (PointerScope _ = new PointerScope()) {
            GraphLoader loader = new GraphLoader(library, source);
            TF_SessionOptions sessionOptions = loader.sessionOptions(options);
            return source.format() == ModelFormat.SAVED_MODEL
                    ? loader.savedModel(sessionOptions)
                    : loader.frozenGraph(sessionOptions);
        }
    }

    private TF_SessionOptions sessionOptions(EngineOptions options) {
        TF_SessionOptions sessionOptions = TF_SessionOptions.newSessionOptions();
        byte[] config = Threads.config(options.threads());
        tensorflow.TF_SetConfig(sessionOptions, new BytePointer(config), config.length, status);
        check("its options cannot be set", "Ask for fewer threads");
        return sessionOptions;
    }

    private TensorFlowModel savedModel(TF_SessionOptions options) {
        Path folder = source.path();
        if (!Files.isDirectory(folder) || !Files.isRegularFile(folder.resolve("saved_model.pb"))) {
            throw failure("is no SavedModel; needed a folder with saved_model.pb", "Correct the path", null);
        }
        TF_Buffer metaGraph = TF_Buffer.newBuffer();
        TF_Session session = TF_Session.loadSessionFromSavedModel(
                options, null, folder.toString(), new String[] {SERVE}, graph, metaGraph, status);
        check("cannot be read as a SavedModel by TensorFlow " + library.version(), ANEW);
        Signature signature = signature(metaGraph);
        Endpoints endpoints = new Endpoints(source, graph, status);
        return new TensorFlowModel(
                source.name(),
                graph,
                session,
                endpoints.find("input", source.inputs(), signature.inputs()),
                endpoints.find("output", source.outputs(), signature.outputs()));
    }

    private Signature signature(TF_Buffer metaGraph) {
        ImmutableSortedMap<String, Signature> all;
        try {
            all = Signature.all(metaGraph.copyData());
        } catch (IOException broken) {
            throw failure("its signatures cannot be read: " + broken.getMessage(), ANEW, broken);
        }
        Signature serving = all.get(SERVING);
        if (serving != null) {
            return serving;
        }
        ImmutableList<String> others =
                all.keySet().stream().filter(name -> !name.equals(INIT)).collect(ImmutableList.toImmutableList());
        if (others.size() == 1) {
            return all.getOrDefault(others.getFirst(), new Signature(ImmutableSortedMap.of(), ImmutableSortedMap.of()));
        }
        if (source.inputs().isEmpty() || source.outputs().isEmpty()) {
            throw failure(
                    "has signatures " + others + "; needed " + SERVING + ", or exactly one",
                    "Choose inputs and outputs by their names in the graph",
                    null);
        }
        return new Signature(ImmutableSortedMap.of(), ImmutableSortedMap.of());
    }

    private TensorFlowModel frozenGraph(TF_SessionOptions options) {
        byte[] file = graphBytes();
        if (file.length == 0) { // TensorFlow would end the process
            throw failure("is empty; needed a frozen graph", ANEW, null);
        }
        TF_ImportGraphDefOptions importOptions = TF_ImportGraphDefOptions.newImportGraphDefOptions();
        try (BytePointer bytes = new BytePointer(file)) {
            TF_Buffer definition = TF_Buffer.newBufferFromString(bytes);
            tensorflow.TF_GraphImportGraphDef(graph, definition, importOptions, status);
        }
        check("cannot be read as a frozen graph by TensorFlow " + library.version(), ANEW);
        Endpoints endpoints = new Endpoints(source, graph, status);
        ImmutableList<Endpoint> inputs = endpoints.find(
                "input", source.inputs(), source.inputs().isEmpty() ? endpoints.placeholders() : ImmutableMap.of());
        ImmutableList<Endpoint> outputs = endpoints.find(
                "output", source.outputs(), source.outputs().isEmpty() ? endpoints.results() : ImmutableMap.of());
        TF_Session session = TF_Session.newSession(graph, options, status);
        check("no session can be opened for it", ANEW);
        return new TensorFlowModel(source.name(), graph, session, inputs, outputs);
    }

    private byte[] graphBytes() {
        try {
            return switch (source.content()) {
                case ModelSource.Files(Path path) -> Files.readAllBytes(path);
                case ModelSource.Bytes bytes -> bytes.model().toArray(ValueLayout.JAVA_BYTE);
            };
        } catch (IOException unreadable) {
            throw failure("cannot be read: " + unreadable, "Correct the path", unreadable);
        }
    }

    private void check(String problem, String remedy) {
        if (tensorflow.TF_GetCode(status) != tensorflow.TF_OK) {
            throw failure(problem + ": " + tensorflow.TF_Message(status).getString(), remedy, null);
        }
    }

    private ModelException failure(String problem, String remedy, @Nullable Throwable cause) {
        return new ModelException(source.name(), problem, remedy, cause);
    }
}
