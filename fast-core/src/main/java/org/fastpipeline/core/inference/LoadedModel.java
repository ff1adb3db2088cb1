// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.ReleasedException;
import org.fastpipeline.core.memory.Allocator;
import org.jspecify.annotations.Nullable;

/// A network ready to run: the model, the engine that was chosen for it, and the sessions in use.
///
/// Thread-safe. At most [EngineOptions#sessions] threads run it at once, each on a session that is its own meanwhile;
/// sessions are opened when they are first needed and kept. A further thread waits for a session.
///
/// Closing waits for nobody and pulls nothing from under a running call: idle sessions go at once, a busy one when its
/// call returns, and the model after the last of them. Runs that begin after it fail.
public final class LoadedModel implements AutoCloseable {
    private final String name;
    private final Model model;
    private final EngineChoice choice;
    private final Semaphore permits;
    private final Deque<Session> idle = new ArrayDeque<>();
    private int busy;
    private boolean closed;

    LoadedModel(String name, Model model, EngineChoice choice, EngineOptions options) {
        this.name = name;
        this.model = model;
        this.choice = choice;
        this.permits = new Semaphore(options.sessions(), true);
    }

    /// What errors and reports call it: its file or folder, or its name in memory.
    public String name() {
        return name;
    }

    /// The engine that was taken, and why.
    public EngineChoice choice() {
        return choice;
    }

    /// The inputs, in the order of [#run].
    public ImmutableList<Model.Port> inputs() {
        return model.inputs();
    }

    /// The outputs, in the order of [#run].
    public ImmutableList<Model.Port> outputs() {
        return model.outputs();
    }

    /// Inputs to time the network with, the same in every run; the caller closes them.
    ///
    /// @param memory where they come from
    /// @param batch size of a batch axis that the model leaves open; other open axes are 3 channels, 256 rows and
    /// columns, 16 slices or times
    public List<Tensor> exampleInputs(Allocator memory, long batch) {
        return ExampleInputs.of(model.inputs(), memory, batch);
    }

    /// Runs the network on a session of its own, as [Session#run] says. Blocks while all sessions are busy.
    ///
    /// @throws ReleasedException if this was closed
    /// @throws InterruptedException if the thread was interrupted while it waited for a session
    public List<Tensor> run(List<Tensor> inputs, BiFunction<Integer, TensorSpec, Tensor> memory)
            throws InterruptedException {
        permits.acquire();
        try (Turn turn = begin()) {
            return turn.run(inputs, memory);
        } finally {
            permits.release();
        }
    }

    private synchronized Turn begin() {
        if (closed) {
            throw new ReleasedException("model", name);
        }
        busy++;
        return new Turn(idle.poll());
    }

    /// One call's use of a session.
    private final class Turn implements AutoCloseable {
        private @Nullable Session session;
        private boolean usable;

        Turn(@Nullable Session session) {
            this.session = session;
        }

        List<Tensor> run(List<Tensor> inputs, BiFunction<Integer, TensorSpec, Tensor> memory) {
            Session mine = session == null ? model.openSession() : session;
            session = mine;
            try {
                List<Tensor> outputs = mine.run(inputs, memory);
                usable = true;
                return outputs;
            } catch (FastException unfit) {
                usable = true;
                throw unfit;
            }
        }

        @Override
        public void close() {
            if (session == null) {
                leave(List.of());
            } else if (!usable || !keep(session)) {
                leave(List.of(session));
            }
        }
    }

    private synchronized boolean keep(Session session) {
        if (closed) {
            return false;
        }
        idle.push(session);
        busy--;
        return true;
    }

    /// Ends a use of the model: closes `sessions`, and the model itself after its last use. All of them, even if one
    /// cannot be closed.
    private void leave(Collection<Session> sessions) {
        @Nullable EngineException failure = null;
        for (Session session : sessions) {
            failure = close("a session", session, failure);
        }
        if (isLast()) {
            failure = close("the model", model, failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private synchronized boolean isLast() {
        busy--;
        return closed && busy == 0;
    }

    private @Nullable EngineException close(String what, AutoCloseable part, @Nullable EngineException before) {
        try {
            part.close();
            return before;
        } catch (Throwable thrown) {
            EngineException failure = new EngineException(
                    choice.engine(),
                    "failed to close " + what + " of " + name + ": " + thrown,
                    "What was computed before is whole; look for a newer version of the engine's plugin",
                    thrown);
            if (before == null) {
                return failure;
            }
            before.addSuppressed(failure);
            return before;
        }
    }

    /// Closes the idle sessions, and the model once no call is in flight. More than once is allowed.
    ///
    /// @throws EngineException if the engine fails to close one; the others are closed all the same
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            busy++;
        }
        leave(idle);
    }

    @Override
    public String toString() {
        return name + " on " + choice.engine();
    }
}
