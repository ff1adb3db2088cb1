// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/// Sees that a run gets on, and says who waits for whom if it does not, once per stall.
///
/// A run stands still if nothing was completed for a while although a thread is at work in a node, a subscriber waits
/// in [Run#next], or there are sinks only. If all there is to do is to wait for a subscriber who is busy with something
/// else, that is no stall, however long it takes: the engine has done its part.
///
/// It looks a few times within the time that makes a stall, on the run's own thread under the lock, so that nothing is
/// written down while work goes on. The time is that of the run's clock; only how often it looks is real time.
final class Watchdog {
    private static final long LOOKS = 8;
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private final RunCore core;
    private final long stallAfter;
    private final Map<Thread, Sighting> sightings = new HashMap<>();
    private long seen = -1;
    private long since;
    private boolean told;

    /// What a thread was at, and when that was seen first.
    private record Sighting(Object what, long frames, long since) {
        private boolean isOf(Object other) {
            return what == other && frames == framesOf(other);
        }
    }

    Watchdog(RunCore core) {
        this.core = core;
        this.stallAfter = core.options.stallAfter().toNanos();
    }

    /// Waits for `woken` while there is nothing to do, looking around now and then.
    void awaitWhile(BooleanSupplier idle, Condition woken) {
        while (idle.getAsBoolean()) {
            if (stallAfter <= 0) {
                woken.awaitUninterruptibly();
            } else {
                pause(woken);
                look();
            }
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private void pause(Condition woken) {
        try {
            woken.awaitNanos(Math.clamp(stallAfter / LOOKS, SHORTEST_PAUSE, LONGEST_PAUSE));
        } catch (InterruptedException byANode) {
            // Closing a node's state may have left the flag behind; nobody else interrupts this thread.
        }
    }

    private void look() {
        long now = core.options.clock().nanoTime();
        Map<Thread, Object> atWork = core.lanes.atWork();
        sightings.keySet().retainAll(atWork.keySet());
        atWork.forEach((thread, what) -> {
            Sighting before = sightings.get(thread);
            if (before == null || !before.isOf(what)) {
                sightings.put(thread, new Sighting(what, framesOf(what), now));
            }
        });
        if (seen != core.progress || !isWanted(atWork)) {
            seen = core.progress;
            since = now;
            told = false;
        } else if (!told && now - since >= stallAfter) {
            told = true;
            core.notices.stalled(Duration.ofNanos(now - since), new StateText(core).toString());
        }
    }

    private static long framesOf(Object what) {
        return what instanceof Stream stream ? stream.admitted : 0;
    }

    /// Whether somebody is at work, or waits for the run rather than the run for them.
    private boolean isWanted(Map<Thread, Object> atWork) {
        return atWork.values().stream().anyMatch(what -> !(what instanceof Stream stream) || stream.waitsFor == null)
                || core.deliveries.count() == 0
                || core.deliveries.isAnyWaiting();
    }

    /// How long `thread` has been at what it does, as far as it was seen.
    Duration at(Thread thread) {
        Sighting sighting = sightings.get(thread);
        return sighting == null || !sighting.isOf(core.lanes.atWork().getOrDefault(thread, this))
                ? Duration.ZERO
                : Duration.ofNanos(core.options.clock().nanoTime() - sighting.since);
    }
}
