// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino.binding;

import com.google.common.base.CharMatcher;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.fastpipeline.core.error.EngineException;

/// `ov_common.h`: the library's functions by name, and what its errors mean.
final class Symbols {
    private final SymbolLookup library;
    private final Function errorInfo =
            new Function(this, "ov_get_error_info", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    private final Function lastMessage =
            new Function(this, "ov_get_last_err_msg", FunctionDescriptor.of(ValueLayout.ADDRESS));
    private final Function free = new Function(this, "ov_free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));

    Symbols(SymbolLookup library) {
        this.library = library;
    }

    @SuppressWarnings("restricted")
    MethodHandle bind(String name, FunctionDescriptor signature, Linker.Option... options) {
        MemorySegment address = library.find(name)
                .orElseThrow(() -> new EngineException(
                        OpenVino.NAME,
                        "the library has no function " + name,
                        "Use the libraries of OpenVINO " + OpenVino.NEEDED,
                        null));
        return Linker.nativeLinker().downcallHandle(address, signature, options);
    }

    /// The error of a call that returned `status`. The library keeps one last message for all threads.
    EngineException failure(String function, int status) {
        MemorySegment[] texts = new MemorySegment[2];
        errorInfo.runPlain(handle -> texts[0] = (MemorySegment) handle.invokeExact(status));
        lastMessage.runPlain(handle -> texts[1] = (MemorySegment) handle.invokeExact());
        String message = CharMatcher.whitespace().trimAndCollapseFrom(string(texts[1]), ' ');
        free(texts[1]);
        return new EngineException(
                OpenVino.NAME,
                function + " failed with " + string(texts[0]) + (message.isEmpty() ? "" : ": " + message),
                "Look at what OpenVINO says",
                null);
    }

    EngineException broken(String function, Throwable cause) {
        if (cause instanceof EngineException known) {
            return known;
        }
        return new EngineException(OpenVino.NAME, "the call of " + function + " failed: " + cause, "Report it", cause);
    }

    @SuppressWarnings("restricted")
    static String string(MemorySegment pointer) {
        return pointer.address() == 0 ? "" : pointer.reinterpret(Long.MAX_VALUE).getString(0);
    }

    void free(MemorySegment text) {
        free.runPlain(handle -> {
            handle.invokeExact(text);
        });
    }
}
