// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.ReleasedException;
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

    /// What errors and reports call it: its file or folder.
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

    /// Runs the network on a session of its own, as [Session#run] says. Blocks while all sessions are busy.
    ///
    /// @throws ReleasedException if this was closed
    /// @throws InterruptedException if the thread was interrupted while it waited for a session
    public List<Tensor> run(List<Tensor> inputs, BiFunction<Integer, TensorSpec, Tensor> memory)
            throws InterruptedException {
        permits.acquire();
        try {
            Session session = take();
            boolean usable = false;
            try {
                List<Tensor> outputs = session.run(inputs, memory);
                usable = true;
                return outputs;
            } catch (FastException unfit) {
                usable = true;
                throw unfit;
            } finally {
                giveBack(session, usable);
            }
        } finally {
            permits.release();
        }
    }

    private Session take() {
        Session session = next();
        if (session != null) {
            return session;
        }
        boolean opened = false;
        try {
            Session fresh = model.openSession();
            opened = true;
            return fresh;
        } finally {
            if (!opened) {
                leave();
            }
        }
    }

    private synchronized @Nullable Session next() {
        if (closed) {
            throw new ReleasedException("model", name);
        }
        busy++;
        return idle.poll();
    }

    private void giveBack(Session session, boolean usable) {
        if (!usable || !keep(session)) {
            try {
                session.close();
            } finally {
                leave();
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

    private void leave() {
        boolean last;
        synchronized (this) {
            busy--;
            last = closed && busy == 0;
        }
        if (last) {
            model.close();
        }
    }

    /// Closes the idle sessions, and the model once no call is in flight. More than once is allowed.
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            busy++;
        }
        try {
            idle.forEach(Session::close);
        } finally {
            leave();
        }
    }

    @Override
    public String toString() {
        return name + " on " + choice.engine();
    }
}
