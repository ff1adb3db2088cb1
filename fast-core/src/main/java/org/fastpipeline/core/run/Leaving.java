// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.util.List;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.RunStoppedException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.Outcome;
import org.jspecify.annotations.Nullable;

/// Sees frames out: in order where somebody watches, through the sinks, to the subscribers, and back to the pool.
///
/// All methods are called under the run's lock.
final class Leaving {
    private final RunCore core;

    Leaving(RunCore core) {
        this.core = core;
    }

    /// All work on `frame` is done.
    void completed(FrameState frame) {
        core.admission.completed(frame);
        if (core.roots.isBeside(frame)) {
            return;
        }
        if (frame.domain.ordered) {
            frame.stream.complete.put(frame.sequence, frame);
            advance(frame.stream);
        } else {
            left(frame);
        }
    }

    /// Lets frames leave as far as order allows.
    void advance(Stream stream) {
        while (!stream.leaving && !core.isStopping() && stream.isHead()) {
            FrameState frame = stream.complete.get(stream.nextToLeave);
            if (frame == null || !isKnown(frame)) {
                return;
            }
            stream.complete.remove(frame.sequence);
            FastException failure = failure(frame);
            if (failure != null && isFailFast()) {
                core.stop(new Completion.Failed(failure));
                return;
            }
            stream.leaving = true;
            giveToSinks(frame);
        }
    }

    private boolean isFailFast() {
        return core.options.onFailure() == RunOptions.OnFailure.FAIL_FAST;
    }

    /// Whether the run ends when `frame` is next to leave.
    boolean isFatal(FrameState frame) {
        return isFailFast() && failure(frame) != null;
    }

    /// Whether all that observers of `frame` read is known; values of enclosing frames may come late.
    private static boolean isKnown(FrameState frame) {
        for (WorkPlan work : frame.domain.observers) {
            if (frame.pending[work.index] > 0) {
                return false;
            }
        }
        return true;
    }

    /// The first failure among what observers wanted of `frame`.
    private @Nullable FastException failure(FrameState frame) {
        for (WorkPlan work : frame.domain.observers) {
            if (!core.demand.isUnwanted(frame, work)) {
                for (List<Slot> slots : work.feeds) {
                    for (Slot slot : slots) {
                        if (frame.outcome(slot) instanceof Outcome.Failed<?>(FastException cause)) {
                            return cause;
                        }
                    }
                }
            }
        }
        return null;
    }

    private void giveToSinks(FrameState frame) {
        frame.sinksLeft = 1;
        for (WorkPlan work : frame.domain.observers) {
            if (work.role == Role.SINK) {
                if (Obstacle.of(frame, work) == null) {
                    frame.sinksLeft++;
                    core.lanes.submit(Task.of(work, frame));
                } else {
                    core.scheduler.finishWork(frame, work);
                }
            }
        }
        sinkLeft(frame);
    }

    /// A sink has taken `frame`, or failed to.
    void sinkDone(FrameState frame, WorkPlan work, StepRun step) {
        core.notices.executed(work, frame, step.failure());
        FastException failure = step.failure();
        if (failure != null) {
            stopAfter(frame, work.position, failure);
        }
        core.scheduler.finishWork(frame, work);
        sinkLeft(frame);
        advance(frame.stream);
    }

    private void sinkLeft(FrameState frame) {
        if (--frame.sinksLeft > 0) {
            return;
        }
        Stream stream = frame.stream;
        stream.leaving = false;
        stream.leaveOn();
        if (!frame.domain.observers.isEmpty() && !frame.atEnd) {
            core.notices.frameDone(frame, failure(frame));
        }
        core.deliveries.deliver(frame);
        FrameState.Stop stop = frame.stop;
        if (stop != null && frame.top() == frame) {
            core.stop(new Completion.Failed(new RunStoppedException(
                    stop.cause().getMessage()
                            + "; what this node remembers is void now, so later frames would be wrong. Let it begin "
                            + "anew by restarts() if that makes sense",
                    stop.cause())));
        }
        FrameState head = stream.live.get(stream.nextToLeave);
        left(frame);
        if (head != null) {
            enter(head);
        }
    }

    /// `frame` is now the next to leave: its children may.
    private void enter(FrameState frame) {
        for (Stream child : frame.children) {
            if (child.domain.ordered) {
                advance(child);
                FrameState head = child.live.get(child.nextToLeave);
                if (head != null) {
                    enter(head);
                }
            }
        }
    }

    private void left(FrameState frame) {
        frame.stream.left++;
        releaseOnce(frame);
        core.endings.check(frame.stream);
    }

    /// The run is to stop once the frame at the top that `frame` belongs to is through; the lowest cause counts.
    void stopAfter(FrameState frame, int position, FastException cause) {
        FrameState top = frame.top();
        FrameState.Stop known = top.stop;
        int order = known == null ? -1 : frame.compareTo(known.frame());
        if (order < 0 || (order == 0 && known != null && position < known.position())) {
            top.stop = new FrameState.Stop(frame, position, cause);
        }
    }

    /// One holder needs the frame no longer; with the last it goes, and its hold on its parent with it.
    void releaseOnce(FrameState frame) {
        FrameState at = frame;
        while (at != null && --at.holders == 0) {
            at.giveBackAll();
            at.stream.live.remove(at.sequence);
            FrameState parent = at.parent;
            if (!at.isFree) {
                core.admission.released(at);
            } else if (parent != null) {
                parent.lent--;
            }
            at.stream.letGoOfParent();
            at = parent;
        }
        setFree(at);
    }

    /// A newest-only subscriber holds the frame: computing does not wait for it.
    void lend(FrameState frame) {
        frame.lent++;
        setFree(frame);
    }

    /// A newest-only subscriber is done with the frame.
    void takeBack(FrameState frame) {
        frame.lent--;
        releaseOnce(frame);
    }

    /// Admission counts frames no longer that only newest-only subscribers hold.
    private void setFree(@Nullable FrameState frame) {
        FrameState at = frame;
        while (at != null && at.parent != null && !at.isFree && at.holders == at.lent) {
            at.isFree = true;
            core.admission.released(at);
            at = at.parent;
            at.lent++;
        }
    }
}
