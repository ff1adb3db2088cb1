// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.StepException;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Stateful;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.jspecify.annotations.Nullable;

/// Calls the nodes. Runs without the run's lock; what it returns is done under it.
final class TaskRunner {
    private final RunCore core;

    TaskRunner(RunCore core) {
        this.core = core;
    }

    Runnable run(Task task) {
        if (!task.group().isEmpty()) {
            List<StepRun> steps = runGroup(task);
            return () -> steps.forEach(step -> core.scheduler.complete(step.frame, step.work, step));
        }
        return switch (task.work().role) {
            case STATELESS, LOAD -> {
                StepRun step = attempt(task, task.frame());
                yield () -> core.scheduler.complete(step.frame, step.work, step);
            }
            case STATEFUL -> stateful(task);
            case OPEN -> open(task);
            case ADD -> add(task);
            case FINISH -> finish(task, task.snapshot());
            case SINK -> {
                StepRun step = attempt(task, task.frame());
                yield () -> core.leaving.sinkDone(step.frame, step.work, step);
            }
            case MERGE, TAKE, DELIVER -> throw notExecuted(task.work());
        };
    }

    private static IllegalStateException notExecuted(WorkPlan work) {
        return new IllegalStateException(work.role + " is not executed");
    }

    /// Calls the node for one frame of the task, again after a transient failure.
    private StepRun attempt(Task task, FrameState frame) {
        for (int tries = 0; ; tries++) {
            StepRun step = new StepRun(task.work(), frame, core);
            Throwable thrown = attempt(task, step);
            if (thrown == null || !isTransient(thrown) || tries == retries(task.work())) {
                return step;
            }
            core.locked(() -> core.notices.retried(step.work, frame.toString(), thrown));
        }
    }

    /// Calls the node once.
    ///
    /// @return what it threw, if it did
    private @Nullable Throwable attempt(Task task, StepRun step) {
        StepEvent event = core.meter.begin(step.work);
        try (step) {
            step.begin();
            call(task, step);
            return null;
        } catch (Throwable thrown) {
            if (thrown instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            step.fail(StepException.of(step.work.name, step.frame.toString(), thrown));
            return thrown;
        } finally {
            core.meter.end(event, step);
        }
    }

    private static int retries(WorkPlan work) {
        return switch (work.node) {
            case Stateless node -> node.retries();
            case Source<?> node when work.role == Role.LOAD -> node.retries();
            case null, default -> 0;
        };
    }

    static boolean isTransient(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof FastException known && known.isTransient()) {
                return true;
            }
        }
        return false;
    }

    private void call(Task task, StepRun step) throws Exception {
        WorkPlan work = step.work;
        FrameState frame = step.frame;
        ProcessObject node = work.requireNode();
        switch (work.role) {
            case STATELESS -> ((Stateless) node).execute(step);
            case LOAD -> load((Source<?>) node, frame, step);
            case STATEFUL -> execute((Stateful<?>) node, frame.stream, step, task.atEnd());
            case OPEN -> core.scheduler.opened(frame, work).cursor = ((Source<?>) node).open(step);
            case ADD -> add((Fold<?>) node, frame.stream, step);
            case FINISH -> finish((Fold<?>) node, core.scheduler.opened(frame, work), step, task.snapshot() != null);
            case SINK -> take((Sink<?>) node, core.sinks.state(work), step);
            case MERGE, TAKE, DELIVER -> throw notExecuted(work);
        }
    }

    @SuppressWarnings("unchecked")
    private static <K> void load(Source<K> node, FrameState frame, Step step) throws Exception {
        frame.keyTaken = true;
        node.load((K) Objects.requireNonNull(frame.key, "a source's frame has a key"), step);
    }

    @SuppressWarnings("unchecked")
    private static <S> void take(Sink<S> node, Object state, Step step) throws Exception {
        node.execute((S) state, step);
    }

    @SuppressWarnings("unchecked")
    private static <S> void execute(Stateful<S> node, Stream stream, StepRun step, boolean atEnd) throws Exception {
        Object state = stream.states[step.work.index];
        if (state == null) {
            state = node.open();
            stream.states[step.work.index] = state;
        }
        if (atEnd) {
            node.end((S) state, step);
        } else {
            node.execute((S) state, step);
        }
    }

    @SuppressWarnings("unchecked")
    private <A> void add(Fold<A> node, Stream stream, StepRun step) throws Exception {
        node.add((A) accumulator(node, stream, step.work), step);
    }

    @SuppressWarnings("unchecked")
    private <A> void finish(Fold<A> node, Stream stream, StepRun step, boolean isSnapshot) throws Exception {
        A accumulator = (A) accumulator(node, stream, Objects.requireNonNull(step.work.partner));
        if (isSnapshot) {
            node.snapshot(accumulator, step);
        } else {
            node.finish(accumulator, step);
        }
    }

    /// The fold's accumulator for the parent of `stream`, begun at its first use.
    private <A> Object accumulator(Fold<A> node, Stream stream, WorkPlan add) throws Exception {
        Object accumulator = stream.states[add.index];
        if (accumulator == null) {
            WorkPlan finish = Objects.requireNonNull(add.partner);
            FrameState parent = Objects.requireNonNull(stream.parent);
            try (StepRun step = new StepRun(finish, parent, core)) {
                step.begin();
                accumulator = node.begin(step);
            }
            stream.states[add.index] = accumulator;
        }
        return Objects.requireNonNull(accumulator);
    }

    /// Tries the frames at once; if that fails, each alone, so that a bad frame spoils no other.
    private List<StepRun> runGroup(Task task) {
        List<StepRun> steps = new ArrayList<>();
        task.group().forEach(frame -> steps.add(new StepRun(task.work(), frame, core)));
        StepEvent event = core.meter.begin(task.work());
        boolean together = runTogether((Stateless) task.work().requireNode(), steps);
        core.meter.end(event, steps, !together);
        steps.forEach(StepRun::close);
        if (!together) {
            steps.replaceAll(step -> attempt(task, step.frame));
        }
        return steps;
    }

    private static boolean runTogether(Stateless node, List<StepRun> steps) {
        try {
            steps.forEach(StepRun::begin);
            node.execute(List.<Step>copyOf(steps));
            return true;
        } catch (Throwable together) {
            steps.forEach(StepRun::discard);
            return false;
        }
    }

    private Runnable stateful(Task task) {
        StepRun step = attempt(task, task.frame());
        Stateful<?> node = (Stateful<?>) step.work.requireNode();
        if (step.failure() != null) {
            core.states.closeState(node, step.frame.stream, step.work.index);
        }
        return () -> {
            if (task.atEnd()) {
                core.endings.told(step.frame, step.work, step);
            } else {
                core.scheduler.completeStateful(step.frame, step.work, step, node.restarts());
            }
        };
    }

    private Runnable open(Task task) {
        StepRun step = attempt(task, task.frame());
        return () -> {
            core.scheduler.complete(step.frame, step.work, step);
            begin(core.scheduler.opened(step.frame, step.work), step, (Source<?>) step.work.requireNode());
        };
    }

    private <K> void begin(Stream stream, StepRun step, Source<K> source) {
        FastException failure = step.failure();
        if (failure != null && (!isTransient(failure) || source.reopening().attempts() == 0)) {
            core.admission.fail(stream, failure);
        } else {
            Reading<K> reading = new Reading<>(core, stream, step.work, source);
            stream.reading = reading;
            reading.begin(failure);
        }
    }

    private Runnable add(Task task) {
        StepRun step = attempt(task, task.frame());
        return () -> {
            @Nullable FastException[] broken = step.frame.stream.broken;
            if (step.failure() != null && broken[step.work.index] == null) {
                broken[step.work.index] = step.failure();
            }
            core.scheduler.complete(step.frame, step.work, step);
        };
    }

    private Runnable finish(Task task, @Nullable Snapshot snapshot) {
        if (snapshot != null) {
            StepRun step = attempt(task, task.frame());
            return () -> core.snapshots.copied(snapshot, step);
        }
        WorkPlan work = task.work();
        FrameState frame = task.frame();
        WorkPlan add = Objects.requireNonNull(work.partner);
        Stream closed = core.scheduler.opened(frame, work);
        FastException broken = closed.broken[add.index];
        Attempt attempt = broken != null
                ? Attempt.passed(work, new Outcome.Failed<>(broken), MetadataUnion.lenient(work, frame))
                : attempt(task, frame);
        core.states.closeState(work.requireNode(), closed, add.index);
        return () -> core.scheduler.complete(frame, work, attempt);
    }
}
