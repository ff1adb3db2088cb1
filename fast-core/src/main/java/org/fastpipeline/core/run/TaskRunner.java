// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.core.measure.StepEvent;
import org.jspecify.annotations.Nullable;

/// Calls the nodes. Runs without the run's lock; what it returns is done under it.
final class TaskRunner {
    private final RunCore core;

    TaskRunner(RunCore core) {
        this.core = core;
    }

    /// A call into a node.
    private interface Call {
        void on(StepRun step) throws Exception;
    }

    Runnable run(Task task) {
        WorkPlan work = task.work();
        FrameState frame = task.frame();
        if (task.frames().size() > 1) {
            return runGroup(task);
        }
        return switch (work.role) {
            case STATELESS -> {
                Stateless node = (Stateless) node(work);
                Attempt attempt = attempt(task, frame, node.retries(), node::execute);
                yield () -> core.scheduler.complete(frame, work, attempt);
            }
            case LOAD -> {
                Source<?> node = (Source<?>) node(work);
                Attempt attempt = attempt(task, frame, node.retries(), step -> load(node, frame, step));
                yield () -> core.scheduler.complete(frame, work, attempt);
            }
            case STATEFUL -> stateful(task, (Stateful<?>) node(work));
            case OPEN -> open(task);
            case ADD -> add(task, (Fold<?>) node(work));
            case FINISH -> finish(task, (Fold<?>) node(work));
            case SINK -> {
                Sink<?> node = (Sink<?>) node(work);
                Attempt attempt = attempt(task, frame, 0, step -> take(node, core.sinks.state(work), step));
                yield () -> core.leaving.sinkDone(frame, work, attempt);
            }
            case MERGE, TAKE, DELIVER -> throw new IllegalStateException(work.role + " is not executed");
        };
    }

    private static Object node(WorkPlan work) {
        return Objects.requireNonNull(work.node, "only deliveries have no node");
    }

    private Attempt attempt(Task task, FrameState frame, int retries, Call call) {
        WorkPlan work = task.work();
        for (int tries = 0; ; tries++) {
            StepEvent event = new StepEvent();
            event.begin();
            long begun = System.nanoTime();
            StepRun step = null;
            FastException failure;
            try {
                step = new StepRun(work, frame, core);
                call.on(step);
                return Attempt.of(step, System.nanoTime() - begun);
            } catch (Throwable thrown) {
                failure = failure(work, frame, thrown);
                if (step != null) {
                    step.discard();
                }
                if (tries == retries || !isTransient(thrown)) {
                    Metadata metadata = step == null ? frame.sourceMetadata : step.metadata();
                    return Attempt.failed(work, metadata, failure, System.nanoTime() - begun);
                }
                core.locked(() -> core.notices.retried(work, frame, thrown));
            } finally {
                if (step != null) {
                    step.close();
                }
                if (event.shouldCommit()) {
                    event.node = work.name;
                    event.frame = frame.toString();
                    event.wait = begun - task.readySince();
                    event.commit();
                }
            }
        }
    }

    private static FastException failure(WorkPlan work, FrameState frame, Throwable thrown) {
        if (thrown instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return StepException.of(work.name, frame.toString(), thrown);
    }

    private static boolean isTransient(@Nullable Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof FastException known && known.isTransient()) {
                return true;
            }
        }
        return false;
    }

    /// Tries the frames at once; if that fails, each alone, so that a bad frame spoils no other.
    private Runnable runGroup(Task task) {
        WorkPlan work = task.work();
        Stateless node = (Stateless) node(work);
        List<Attempt> attempts = new ArrayList<>();
        List<StepRun> steps = new ArrayList<>();
        long begun = System.nanoTime();
        try {
            for (FrameState frame : task.frames()) {
                steps.add(new StepRun(work, frame, core));
            }
            node.execute(List.<Step>copyOf(steps));
            long each = (System.nanoTime() - begun) / steps.size();
            steps.forEach(step -> attempts.add(Attempt.of(step, each)));
        } catch (Throwable together) {
            steps.forEach(StepRun::discard);
            attempts.clear();
            for (FrameState frame : task.frames()) {
                attempts.add(attempt(task, frame, node.retries(), node::execute));
            }
        } finally {
            steps.forEach(StepRun::close);
        }
        return () -> {
            for (int i = 0; i < attempts.size(); i++) {
                core.scheduler.complete(task.frames().get(i), work, attempts.get(i));
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static <K> void load(Source<K> node, FrameState frame, Step step) throws Exception {
        node.load((K) Objects.requireNonNull(frame.key, "a source's frame has a key"), step);
    }

    @SuppressWarnings("unchecked")
    private static <S> void take(Sink<S> node, Object state, Step step) throws Exception {
        node.execute((S) state, step);
    }

    @SuppressWarnings("unchecked")
    private <S> Runnable stateful(Task task, Stateful<S> node) {
        WorkPlan work = task.work();
        FrameState frame = task.frame();
        Stream stream = frame.stream;
        Attempt attempt = attempt(task, frame, 0, step -> {
            Object state = stream.states[work.index];
            if (state == null) {
                state = node.open();
                stream.states[work.index] = state;
            }
            if (task.atEnd()) {
                node.end((S) state, step);
            } else {
                node.execute((S) state, step);
            }
        });
        if (attempt.failure() != null) {
            core.states.closeState(node, stream, work.index);
        }
        return () -> {
            if (task.atEnd()) {
                core.endings.told(frame, work, attempt);
            } else {
                core.scheduler.completeStateful(frame, work, attempt, node.restarts());
            }
        };
    }

    private Runnable open(Task task) {
        WorkPlan work = task.work();
        FrameState frame = task.frame();
        Stream stream = core.scheduler.opened(frame, work);
        Source<?> source = (Source<?>) node(work);
        Source.Cursor<?>[] cursor = new Source.Cursor<?>[1];
        Attempt attempt = attempt(task, frame, 0, step -> cursor[0] = source.open(step));
        return () -> {
            stream.cursor = cursor[0];
            core.scheduler.complete(frame, work, attempt);
            core.admission.begin(stream, attempt.failure());
        };
    }

    @SuppressWarnings("unchecked")
    private <A> Runnable add(Task task, Fold<A> node) {
        WorkPlan work = task.work();
        FrameState frame = task.frame();
        Attempt attempt = attempt(task, frame, 0, step -> node.add((A) accumulator(node, frame.stream, work), step));
        return () -> {
            if (attempt.failure() != null && frame.stream.broken[work.index] == null) {
                frame.stream.broken[work.index] = attempt.failure();
            }
            core.scheduler.complete(frame, work, attempt);
        };
    }

    @SuppressWarnings("unchecked")
    private <A> Runnable finish(Task task, Fold<A> node) {
        WorkPlan work = task.work();
        FrameState frame = task.frame();
        WorkPlan add = Objects.requireNonNull(work.partner);
        Stream closed = core.scheduler.opened(frame, work);
        FastException broken = closed.broken[add.index];
        Attempt attempt = broken != null
                ? Attempt.passed(work, new Outcome.Failed<>(broken), MetadataUnion.lenient(work, frame))
                : attempt(task, frame, 0, step -> node.finish((A) accumulator(node, closed, add), step));
        core.states.closeState(node, closed, add.index);
        return () -> core.scheduler.complete(frame, work, attempt);
    }

    /// The fold's accumulator for the parent of `stream`, begun at its first use.
    private <A> Object accumulator(Fold<A> node, Stream stream, WorkPlan add) throws Exception {
        Object accumulator = stream.states[add.index];
        if (accumulator == null) {
            WorkPlan finish = Objects.requireNonNull(add.partner);
            FrameState parent = Objects.requireNonNull(stream.parent);
            try (StepRun step = new StepRun(finish, parent, core)) {
                accumulator = node.begin(step);
            }
            stream.states[add.index] = accumulator;
        }
        return Objects.requireNonNull(accumulator);
    }
}
