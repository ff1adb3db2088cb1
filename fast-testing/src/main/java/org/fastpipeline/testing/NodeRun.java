// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.FrameId;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Ins;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.graph.Restream;
import org.fastpipeline.core.graph.TimeSource;
import org.fastpipeline.core.memory.Allocator;
import org.fastpipeline.core.memory.Lease;
import org.fastpipeline.core.memory.MemoryPool;

/// Runs one node on given values, without wiring and without an executor.
///
/// | node      | `execute()`                        | `end()`                  | `next()`, `all()`         |
/// |-----------|------------------------------------|--------------------------|---------------------------|
/// | Stateless | one frame                          | -                        | -                         |
/// | Stateful  | the next frame                     | the event after the last | -                         |
/// | Fold      | adds the next child                | finishes: the result     | -                         |
/// | Sink      | the next frame                     | closes: completed        | -                         |
/// | Source    | -                                  | -                        | opens, then loads a frame |
/// | Restream  | -                                  | -                        | makes a frame of streams  |
///
/// What is given with `with` holds for all following frames until it is given anew. Memory for the node's inputs
/// comes from [#memory], and goes back when the run is closed, as the results do. The pool is in validate mode,
/// so closing fails if the node kept memory, or if anything changed after it was published. A node gets handles
/// that end with its method, as in a pipeline: what it keeps without `retain()` throws when it is used later. One
/// thing is not checked: that a fold's `begin` and `finish`, and a source's `open`, read only inputs of the
/// enclosing domain.
///
/// Used by one thread. What the node throws comes out as it is; a checked exception as the cause of a
/// [StepException].
public final class NodeRun implements AutoCloseable {
    private static final long CAP = 4L << 30;
    private static final FrameId STATIC = new FrameId(Optional.empty(), "static", 0);

    private final ProcessObject node;
    private final MemoryPool pool = new MemoryPool(CAP, true);
    private final Driver driver;
    private final Given given;
    private final Deque<AutoCloseable> held = new ArrayDeque<>();
    private TimeSource clock = TimeSource.SYSTEM;
    private long frames;
    private boolean over;
    private boolean closed;

    private NodeRun(ProcessObject node, Driver driver) {
        this.node = node;
        this.driver = driver;
        this.given = new Given(node);
    }

    /// A run of `node`; whoever asks closes it.
    public static NodeRun of(ProcessObject node) {
        return new NodeRun(node, Driver.of(node));
    }

    /// Memory for the values to give; given back when this run is closed. Ask it for nothing that outlives the run.
    public Allocator memory() {
        return bytes -> {
            Lease lease = pool.allocate(bytes, "the test's input for " + node.name());
            held.push(lease);
            return lease;
        };
    }

    /// Gives the value on `in`. A payload becomes read-only; it stays the caller's.
    public <T> NodeRun with(In<T> in, T value) {
        return with(in, new Outcome.Value<>(value));
    }

    /// Gives the outcome on `in`; one without value only where the port is declared for outcomes.
    public <T> NodeRun with(In<T> in, Outcome<T> outcome) {
        given.put(in, outcome);
        return this;
    }

    /// Gives the values on all connections of `in`, in order.
    public <T> NodeRun with(Ins<T> in, List<? extends T> values) {
        given.put(in, values);
        return this;
    }

    /// Gives the value of a parameter; its own value is left as it is.
    ///
    /// @throws org.fastpipeline.core.error.ParameterException if it is out of range
    public <T> NodeRun with(Parameter<T> parameter, T value) {
        given.put(parameter, value);
        return this;
    }

    /// Gives a piece of metadata that comes with the inputs.
    public <T> NodeRun with(Key<T> key, T value) {
        given.put(key, value);
        return this;
    }

    /// Gives a restream a stream for `in`, with a value for each frame. Payloads become read-only and stay the
    // caller's.
    public <T> NodeRun withStream(In<T> in, List<? extends T> values) {
        return withOutcomes(in, outcomes(values));
    }

    /// Gives a restream a stream for one more connection of `in`, with a value for each frame.
    public <T> NodeRun withStream(Ins<T> in, List<? extends T> values) {
        driver.streams().put(in, outcomes(values));
        return this;
    }

    /// Gives a restream the values that `in` has for the frames of the stream that feeds `beside` too.
    public <T> NodeRun withStream(In<T> in, List<? extends T> values, In<?> beside) {
        driver.streams().put(in, outcomes(values), beside);
        return this;
    }

    /// Gives a restream a stream for `in`, with an outcome for each frame, skipped and failed ones too.
    public <T> NodeRun withOutcomes(In<T> in, List<Outcome<T>> outcomes) {
        driver.streams().put(in, outcomes);
        return this;
    }

    private static <T> List<Outcome<T>> outcomes(List<? extends T> values) {
        return values.stream().<Outcome<T>>map(Outcome.Value::new).toList();
    }

    /// Gives the time that the node sees, [ManualClock] for instance; the system's if none is given.
    public NodeRun withClock(TimeSource time) {
        clock = time;
        return this;
    }

    /// Runs the node on one frame: of its stream, or of the domain that it folds.
    public NodeResult execute() {
        given.check(driver::isStream);
        return step(id(frames++), driver::execute);
    }

    /// Tells the node that its last frame was seen, and takes what it puts then.
    public NodeResult end() {
        return end(new Completion.Completed());
    }

    /// As [#end()], with the completion that a sink is told.
    public NodeResult end(Completion completion) {
        return step(id(frames), step -> driver.end(step, completion));
    }

    /// The next frame of a source, loaded, or of a restream; nothing at its end.
    public Optional<NodeResult> next() {
        if (node instanceof Restream<?>) {
            return over ? Optional.empty() : made();
        }
        if (frames == 0) {
            given.check(driver::isStream);
            step(STATIC, Metadata.EMPTY, false, driver::open);
        }
        Optional<Driver.Load> load = attempt(id(frames), driver::next);
        return load.map(found -> step(id(frames++), found.metadata(), true, found.action()));
    }

    private Optional<NodeResult> made() {
        given.check(driver::isStream);
        FrameId frame = id(frames);
        return attempt(frame, () -> {
            over = true; // A restream that fails has ended.
            try (GivenStep step = new GivenStep(node, frame, given, Metadata.EMPTY, pool, clock, true)) {
                if (!driver.make(step)) {
                    return Optional.empty();
                }
                NodeResult result = step.result();
                held.push(result);
                over = false;
                frames++;
                return Optional.of(result);
            }
        });
    }

    /// All frames of a source or restream that are left.
    public List<NodeResult> all() {
        List<NodeResult> results = new ArrayList<>();
        for (Optional<NodeResult> result = next(); result.isPresent(); result = next()) {
            results.add(result.get());
        }
        return List.copyOf(results);
    }

    /// Closes the node's state, gives all memory back and looks for leaks. A sink that was not ended is told
    /// Cancelled.
    ///
    /// @throws org.fastpipeline.core.error.LeakException if the node still holds memory
    /// @throws org.fastpipeline.core.error.WrongUseException if published content was overwritten
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        attempt(id(frames), () -> {
            try (pool) {
                try {
                    driver.close();
                } finally {
                    while (!held.isEmpty()) {
                        held.pop().close();
                    }
                }
            }
            return this;
        });
    }

    private static FrameId id(long sequence) {
        return frame("frame", sequence);
    }

    static FrameId frame(String stream, long sequence) {
        return new FrameId(Optional.of(STATIC), stream, sequence);
    }

    private NodeResult step(FrameId frame, Driver.Action action) {
        return step(frame, Metadata.EMPTY, true, action);
    }

    private NodeResult step(FrameId frame, Metadata own, boolean putsCount, Driver.Action action) {
        return attempt(frame, () -> {
            try (GivenStep step = new GivenStep(node, frame, given, own, pool, clock, putsCount)) {
                action.run(step);
                NodeResult result = step.result();
                held.push(result);
                return result;
            }
        });
    }

    private interface Attempt<R> {
        R run() throws Exception;
    }

    private <R> R attempt(FrameId frame, Attempt<R> attempt) {
        try {
            return attempt.run();
        } catch (RuntimeException asItIs) {
            throw asItIs;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure(frame, interrupted);
        } catch (Exception checked) {
            throw failure(frame, checked);
        }
    }

    private FastException failure(FrameId frame, Exception cause) {
        return new StepException(node.name(), frame.toString(), String.valueOf(cause.getMessage()), cause);
    }
}
