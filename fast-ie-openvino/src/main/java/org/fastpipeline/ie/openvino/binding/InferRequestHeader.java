// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino.binding;

import com.google.common.collect.ImmutableList;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.function.Consumer;

/// `ov_infer_request.h`: a request, one run of a compiled model at a time. Used by one thread at a time.
public final class InferRequestHeader extends Header {
    private static final System.Logger LOG = System.getLogger(InferRequestHeader.class.getName());
    private static final long INFO_BYTES = 48;
    private static final int EXECUTED = 2;
    private static final int RESULT_NOT_READY = -9;

    /// How long one operation of a model took.
    ///
    /// @param node its name in the model
    /// @param type its type there
    /// @param kernel what computed it
    /// @param time how long it took
    public record Profile(String node, String type, String kernel, Duration time) {}

    InferRequestHeader(Symbols symbols) {
        super(symbols);
    }

    private final Function setTensor = function("ov_infer_request_set_tensor_by_const_port", POINTER, POINTER, SIZE);

    /// Has an input read, or an output written, where `tensor` is. The request keeps the tensor, not its memory.
    public void setTensor(MemorySegment request, MemorySegment port, long tensor) {
        setTensor.run(function -> (int) function.invokeExact(request, port, tensor));
    }

    private final Function tensor = function("ov_infer_request_get_tensor_by_const_port", POINTER, POINTER, POINTER);

    /// The tensor of an input or output.
    ///
    /// @param result where its address is left
    /// @return the tensor, to be freed with [TensorHeader#free]
    public long tensor(MemorySegment request, MemorySegment port, MemorySegment result) {
        tensor.run(function -> (int) function.invokeExact(request, port, result));
        return result.get(SIZE, 0);
    }

    private final Function infer = function("ov_infer_request_infer", POINTER);

    /// Runs the model and waits for its outputs.
    public void infer(MemorySegment request) {
        infer.run(function -> (int) function.invokeExact(request));
    }

    private final Function start = function("ov_infer_request_start_async", POINTER);

    /// Begins to run the model.
    public void start(MemorySegment request) {
        start.run(function -> (int) function.invokeExact(request));
    }

    private final Function await = function("ov_infer_request_wait", POINTER);

    /// Waits until what was begun is done.
    public void await(MemorySegment request) {
        await.run(function -> (int) function.invokeExact(request));
    }

    private final Function awaitFor = function("ov_infer_request_wait_for", POINTER, SIZE);

    /// Waits until what was begun is done, but no longer than `most`.
    ///
    /// @return whether it is done
    public boolean await(MemorySegment request, Duration most) {
        int[] status = new int[1];
        awaitFor.run(function -> {
            status[0] = (int) function.invokeExact(request, most.toMillis());
            return status[0] == RESULT_NOT_READY ? 0 : status[0];
        });
        return status[0] == 0;
    }

    private final Function cancel = function("ov_infer_request_cancel", POINTER);

    /// Stops what was begun; who waits for it gets an error.
    public void cancel(MemorySegment request) {
        cancel.run(function -> (int) function.invokeExact(request));
    }

    private final Function setCallback = function("ov_infer_request_set_callback", POINTER, POINTER);

    /// Has `action` run, on a thread of the library, whenever what was begun is done or has failed.
    ///
    /// @param arena must outlive the request
    @SuppressWarnings("restricted")
    public void setCallback(MemorySegment request, Runnable action, Arena arena) {
        Consumer<MemorySegment> ignoringArgument = _ -> runSafely(action);
        MethodHandle target;
        try {
            target = MethodHandles.lookup()
                    .findVirtual(Consumer.class, "accept", MethodType.methodType(void.class, Object.class))
                    .bindTo(ignoringArgument)
                    .asType(MethodType.methodType(void.class, MemorySegment.class));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
        MemorySegment struct = arena.allocate(2 * POINTER_BYTES);
        struct.set(POINTER, 0, Linker.nativeLinker().upcallStub(target, FunctionDescriptor.ofVoid(POINTER), arena));
        setCallback.run(function -> (int) function.invokeExact(request, struct));
    }

    /// An exception that left this would end the process.
    private static void runSafely(Runnable action) {
        try {
            action.run();
        } catch (Throwable thrown) {
            LOG.log(System.Logger.Level.ERROR, "A callback of an inference threw", thrown);
        }
    }

    private final Function profile = function("ov_infer_request_get_profiling_info", POINTER, POINTER);
    private final Function profileFree = freeing("ov_profiling_info_list_free");

    /// How long each executed operation of the last run took; the model must be compiled with `PERF_COUNT` `YES`.
    @SuppressWarnings("restricted")
    public ImmutableList<Profile> profile(MemorySegment request) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment list = scratch.allocate(2 * POINTER_BYTES);
            profile.run(function -> (int) function.invokeExact(request, list));
            ImmutableList.Builder<Profile> profiles = ImmutableList.builder();
            long size = list.get(SIZE, POINTER_BYTES);
            MemorySegment array = list.get(POINTER, 0).reinterpret(size * INFO_BYTES);
            for (long at = 0; at < array.byteSize(); at += INFO_BYTES) {
                if (array.get(ENUM, at) == EXECUTED) {
                    profiles.add(new Profile(
                            string(array.get(POINTER, at + 24)),
                            string(array.get(POINTER, at + 40)),
                            string(array.get(POINTER, at + 32)),
                            Duration.ofNanos(1000 * array.get(SIZE, at + 8))));
                }
            }
            profileFree.runPlain(function -> {
                function.invokeExact(list);
            });
            return profiles.build();
        }
    }
}
