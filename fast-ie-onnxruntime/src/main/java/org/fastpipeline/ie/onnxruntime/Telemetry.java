// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.fastpipeline.core.error.EngineException;

/// Keeps ONNX Runtime from telling its makers of its use: since version 1.29 its builds write down what they run
/// and send it over the network, unless the environment forbids it before they begin.
final class Telemetry {
    private static final String SWITCH = "ORT_DISABLE_TELEMETRY";
    private static final FunctionDescriptor SETENV =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);

    private Telemetry() {}

    /// Forbids it for this process and its children, whatever the user's environment says.
    ///
    /// @throws EngineException if it cannot be forbidden; the runtime must then not be loaded
    static void forbid() {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return; // there, OrtEnvironment.setTelemetry does it
        }
        MemorySegment address = Linker.nativeLinker()
                .defaultLookup()
                .find("setenv")
                .orElseThrow(() -> failure(new LinkageError("the C library has no setenv")));
        int refused;
        try (Arena arena = Arena.ofConfined()) {
            refused = (int) function(address).invokeExact(arena.allocateFrom(SWITCH), arena.allocateFrom("1"), 1);
        } catch (Throwable broken) {
            throw failure(broken);
        }
        if (refused != 0) {
            throw failure(new LinkageError("setenv returned " + refused));
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(MemorySegment address) {
        return Linker.nativeLinker().downcallHandle(address, SETENV);
    }

    private static EngineException failure(Throwable cause) {
        return new EngineException(
                OnnxRuntimeEngine.NAME,
                "cannot be kept from sending reports of its use: " + cause,
                "Set the environment variable " + SWITCH + " to 1, and start the JVM with --enable-native-access",
                cause);
    }
}
