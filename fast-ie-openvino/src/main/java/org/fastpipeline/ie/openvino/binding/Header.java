// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino.binding;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/// What the classes of all headers share: how functions are declared and called.
///
/// Functions are fields of objects and not constants of classes, so that a library can be missing without breaking a
/// class, and is found where its user says.
abstract sealed class Header
        permits CoreHeader, ModelHeader, NodeHeader, CompiledModelHeader, InferRequestHeader, TensorHeader {
    static final AddressLayout POINTER = ValueLayout.ADDRESS;
    static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;
    static final ValueLayout.OfInt ENUM = ValueLayout.JAVA_INT;
    static final long POINTER_BYTES = POINTER.byteSize();

    /// `ov_shape_t`: number of dimensions, and where their sizes are.
    static final StructLayout SHAPE = MemoryLayout.structLayout(SIZE, POINTER);

    /// `ov_partial_shape_t`: least and greatest number of dimensions, and where theirs are.
    static final StructLayout PARTIAL_SHAPE = MemoryLayout.structLayout(SIZE, SIZE, POINTER);

    private final Symbols symbols;

    Header(Symbols symbols) {
        this.symbols = symbols;
    }

    /// A call of a function that returns a status and leaves what it makes at a place.
    interface Making {
        int of(MethodHandle function, MemorySegment place) throws Throwable;
    }

    /// A function that returns a status.
    final Function function(String name, MemoryLayout... arguments) {
        return new Function(symbols, name, FunctionDescriptor.of(ENUM, arguments));
    }

    /// A function that returns a status and takes `further` texts beyond the arguments that it names.
    final Function variadic(String name, int further, MemoryLayout... arguments) {
        MemoryLayout[] all = Arrays.copyOf(arguments, arguments.length + further);
        Arrays.fill(all, arguments.length, all.length, POINTER);
        return new Function(
                symbols, name, FunctionDescriptor.of(ENUM, all), Linker.Option.firstVariadicArg(arguments.length));
    }

    /// A function that frees what it is given, by its address as a pointer or a number.
    final Function freeing(String name, ValueLayout argument) {
        return new Function(symbols, name, FunctionDescriptor.ofVoid(argument));
    }

    final Function freeing(String name) {
        return freeing(name, POINTER);
    }

    /// Makes an object, which lives as long as `arena`.
    @SuppressWarnings("restricted")
    final MemorySegment make(Arena arena, Function maker, Function deleter, Making call) {
        return pointer(maker, call)
                .reinterpret(
                        arena,
                        made -> deleter.runPlain(function -> {
                            function.invokeExact(made);
                        }));
    }

    /// A text that `maker` makes and that is the caller's to free.
    final String text(Function maker, Making call) {
        MemorySegment text = pointer(maker, call);
        try {
            return string(text);
        } finally {
            symbols.free(text);
        }
    }

    /// The text at `pointer`, empty where that is null.
    static String string(MemorySegment pointer) {
        return Symbols.string(pointer);
    }

    /// The number that a function leaves.
    static long number(Function function, Making call) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment place = scratch.allocate(SIZE);
            function.run(handle -> call.of(handle, place));
            return place.get(SIZE, 0);
        }
    }

    private static MemorySegment pointer(Function function, Making call) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment place = scratch.allocate(POINTER);
            function.run(handle -> call.of(handle, place));
            return place.get(POINTER, 0);
        }
    }
}
