// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// Somebody waited: work for a thread, a source for room, a restream or a subscriber for a frame.
@Name("org.fastpipeline.Wait")
@Label("Pipeline Wait")
@Category("FAST")
@StackTrace(false)
final class WaitEvent extends Event {
    static final String THREAD = "thread";
    static final String ROOM = "room";
    static final String FRAME = "frame";

    @Label("Node")
    String node = "";

    @Label("Frame")
    String frame = "";

    /// What was waited for.
    @Label("For")
    String awaited = "";

    /// When it began, by the run's clock, if it is measured.
    final transient long begun;

    WaitEvent(long begun) {
        this.begun = begun;
    }

    /// A wait that only Flight Recorder hears of; none if it does not listen.
    static @Nullable WaitEvent recorded() {
        WaitEvent event = new WaitEvent(0);
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    /// The wait is over.
    static void end(@Nullable WaitEvent event, String node, Object frame, String awaited) {
        if (event != null && event.shouldCommit()) {
            event.node = node;
            event.frame = frame.toString();
            event.awaited = awaited;
            event.commit();
        }
    }
}
