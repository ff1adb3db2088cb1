// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.fastpipeline.core.error.DisplayException;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.render.Controls;
import org.fastpipeline.render.View;
import org.fastpipeline.render.Window;
import org.fastpipeline.render.Window.Watch;
import org.fastpipeline.render.WindowOptions;
import org.jspecify.annotations.Nullable;

/// A window beside a job: the job works on a thread of its own, for some desktops want windows on the first.
///
/// The job goes to its end, with all its files, whether the window is still open then or not.
final class Show {
    /// Why a run stopped whose window was closed.
    static final String REASON = "the window was closed";

    private final CompletableFuture<Act> begun = new CompletableFuture<>();
    private final CountDownLatch seen = new CountDownLatch(1);
    private final boolean watched;
    private volatile boolean closed;
    private volatile @Nullable DisplayException broken;

    private Show(boolean watched) {
        this.watched = watched;
    }

    /// What is to be seen.
    private record Act(Run run, int position, WindowOptions options, Controls controls, ImmutableList<View> views) {}

    /// Does `job`, which may [begin][#begin] to be seen, and returns when both are through: the job is done, and the
    /// window is closed.
    ///
    /// @param window whether there is to be one; without, nothing is seen
    /// @throws DisplayException if there can be none; then the job is not begun
    static <T> T beside(boolean window, Function<Show, T> job) {
        Show show = new Show(window);
        if (!window) {
            return job.apply(show);
        }
        Window.requirePossible();
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread.ofPlatform().name("fast-job").start(() -> {
            try {
                done.complete(job.apply(show));
            } catch (RuntimeException | Error failure) {
                done.completeExceptionally(failure);
            }
        });
        show.untilClosed(done);
        return result(done);
    }

    private void untilClosed(CompletableFuture<?> done) {
        try {
            CompletableFuture.anyOf(begun, done).join();
        } catch (CompletionException failed) {
            return; // before there was anything to see
        }
        if (begun.isDone()) {
            Act act = begun.join();
            try (Window window = Window.open(act.options, act.controls, act.views.toArray(View[]::new))) {
                window.show(act.run, act.position, new Watch() {
                    @Override
                    public void closed() {
                        closed = !act.run.isEnded();
                        act.run.cancel();
                    }

                    @Override
                    public void ended() {
                        seen.countDown();
                    }
                });
            } catch (DisplayException failure) {
                broken = failure;
                act.run.abort(failure.what() + ": " + failure.problem());
            } catch (FastException runFailed) {
                return; // the job tells of it
            } finally {
                seen.countDown();
            }
        }
    }

    private static <T> T result(CompletableFuture<T> done) {
        try {
            return done.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(failed);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    /// Opens the window, if there is to be one.
    ///
    /// @param position of the first view's subscription in the run's pipeline; those of the others follow
    void begin(Run run, int position, WindowOptions options, Controls controls, List<View> views) {
        if (!watched) {
            return;
        }
        begun.complete(new Act(run, position, options, controls, ImmutableList.copyOf(views)));
    }

    /// Waits until the last frame is to be seen, before the run is closed. At once if nobody watches.
    ///
    /// @param speech told if it cannot be seen
    void awaitSeen(Speech speech) {
        if (begun.isDone()) {
            try {
                seen.await();
                DisplayException why = broken;
                if (why != null) {
                    speech.failure("the window is gone, and the results are whole: " + Complaint.of(why), why);
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Whether the window was closed by hand before the run had come to its end.
    boolean isClosed() {
        return closed;
    }
}
