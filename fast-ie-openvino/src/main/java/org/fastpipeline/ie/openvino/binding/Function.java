// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino.binding;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// A function of the library, found when it is first called: to bind all of them would take longer than a program that
/// uses one model needs to start.
final class Function {
    private final Symbols symbols;
    private final String name;
    private final FunctionDescriptor signature;
    private final Linker.Option[] options;
    private volatile @Nullable MethodHandle handle;

    Function(Symbols symbols, String name, FunctionDescriptor signature, Linker.Option... options) {
        this.symbols = symbols;
        this.name = name;
        this.signature = signature;
        this.options = options;
    }

    /// A call of a function that returns a status.
    interface Call {
        int of(MethodHandle function) throws Throwable;
    }

    /// A call of a function that returns nothing.
    interface PlainCall {
        void of(MethodHandle function) throws Throwable;
    }

    /// Its name in C.
    String name() {
        return name;
    }

    /// How to call it; threads that come together bind it twice, to the same effect.
    MethodHandle handle() {
        MethodHandle bound = handle;
        if (bound == null) {
            bound = symbols.bind(name, signature, options);
            handle = bound;
        }
        return bound;
    }

    /// Calls it.
    ///
    /// @throws org.fastpipeline.core.error.EngineException if it fails; with the library's last error message
    void run(Call call) {
        int status;
        try {
            status = call.of(handle());
        } catch (Throwable broken) {
            throw symbols.broken(name, broken);
        }
        if (status != 0) {
            throw symbols.failure(name, status);
        }
    }

    /// Calls it where it cannot fail.
    void runPlain(PlainCall call) {
        try {
            call.of(handle());
        } catch (Throwable broken) {
            throw symbols.broken(name, broken);
        }
    }
}
