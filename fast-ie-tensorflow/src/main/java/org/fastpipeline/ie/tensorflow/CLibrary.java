// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.fastpipeline.core.error.EngineException;

/// The few functions of the C library that are needed before TensorFlow can be loaded quietly.
///
/// Each returns what the C function returns, and -1 where the C library does not have it (Windows).
final class CLibrary {
    private static final int MISSING = -1;
    private static final FunctionDescriptor SETENV =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final FunctionDescriptor CREAT =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final FunctionDescriptor ONE = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final FunctionDescriptor TWO =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);

    private CLibrary() {}

    private interface Call {
        int invoke(MethodHandle function, Arena arena) throws Throwable;
    }

    private static int call(String name, FunctionDescriptor signature, Call call) {
        Optional<MemorySegment> address = Linker.nativeLinker().defaultLookup().find(name);
        if (address.isEmpty()) {
            return MISSING;
        }
        try (Arena arena = Arena.ofConfined()) {
            return call.invoke(function(address.get(), signature), arena);
        } catch (Throwable broken) {
            throw new EngineException(TensorFlowEngine.NAME, "the call of " + name + " failed", "Report it", broken);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(MemorySegment address, FunctionDescriptor signature) {
        return Linker.nativeLinker().downcallHandle(address, signature);
    }

    /// Sets an environment variable for native code, unless it is set.
    static int setenv(String name, String value) {
        return call("setenv", SETENV, (function, arena) ->
                (int) function.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 0));
    }

    /// Creates or empties a file and opens it for writing by its owner.
    static int creat(String path) {
        return call("creat", CREAT, (function, arena) -> (int) function.invokeExact(arena.allocateFrom(path), 0600));
    }

    /// A further descriptor for an open file.
    static int dup(int descriptor) {
        return call("dup", ONE, (function, _) -> (int) function.invokeExact(descriptor));
    }

    /// Makes `to` mean the file that `from` means.
    static int dup2(int from, int to) {
        return call("dup2", TWO, (function, _) -> (int) function.invokeExact(from, to));
    }

    /// Closes a descriptor.
    static int close(int descriptor) {
        return call("close", ONE, (function, _) -> (int) function.invokeExact(descriptor));
    }
}
