// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.internal.c_api.global.tensorflow;

/// TensorFlow's native library, loaded and silenced.
///
/// @param version its version
record NativeLibrary(String version) {
    private static final String LOG_LEVEL = "TF_CPP_MIN_LOG_LEVEL";
    private static final String ERRORS_ONLY = "2";

    /// Levels with which a user asks for messages; children inherit ours, so that it is set says nothing.
    private static final ImmutableSet<String> ASKED_FOR = ImmutableSet.of("0", "1");

    /// Without it, all models of a process share the thread pool of the first.
    private static final String POOL_PER_MODEL = "TF_OVERRIDE_GLOBAL_THREADPOOL";

    /// The resources that must be there for `platform`, as JavaCPP names platforms.
    static ImmutableList<String> resources(String platform) {
        return ImmutableList.of(
                "org/tensorflow/internal/c_api/" + platform + "/" + System.mapLibraryName("jnitensorflow"),
                "org/bytedeco/javacpp/" + platform + "/" + System.mapLibraryName("jnijavacpp"));
    }

    /// Loads the library; log level and threads are set first, since it reads them while it is loaded.
    ///
    /// @throws LinkageError if it cannot be loaded
    static NativeLibrary load() {
        boolean silent = !ASKED_FOR.contains(System.getenv().getOrDefault(LOG_LEVEL, ERRORS_ONLY));
        CLibrary.setenv(LOG_LEVEL, ERRORS_ONLY);
        CLibrary.setenv(POOL_PER_MODEL, "1");
        unlimit("org.bytedeco.javacpp.maxbytes");
        unlimit("org.bytedeco.javacpp.maxphysicalbytes");
        String version = tensorflow.TF_Version().getString();
        if (silent) {
            StandardError.without(NativeLibrary::isChatter, NativeLibrary::runNothing);
        }
        return new NativeLibrary(version);
    }

    /// JavaCPP's own limits hang on the heap size and stop a run that is well within its budget; 0 is none.
    private static void unlimit(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, "0");
        }
    }

    /// The compiler inside logs past the log level, once, when the first graph is run.
    private static boolean isChatter(String line) {
        return line.startsWith("I0000 ") || line.startsWith("WARNING: All log messages before absl::InitializeLog()");
    }

    /// Runs a graph that does nothing; whether that works shows when a model is loaded.
    private static void runNothing() {
        try (PointerScope _ = new PointerScope()) {
            TF_Status status = TF_Status.newStatus();
            TF_Graph graph = TF_Graph.newGraph();
            TF_Operation nothing =
                    tensorflow.TF_FinishOperation(tensorflow.TF_NewOperation(graph, "NoOp", "nothing"), status);
            TF_Session session = TF_Session.newSession(graph, TF_SessionOptions.newSessionOptions(), status);
            tensorflow.TF_SessionRun(
                    session, null, null, (TF_Tensor) null, 0, null, (TF_Tensor) null, 0, nothing, 1, null, status);
        }
    }
}
