// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// One execution of one node: what Flight Recorder sees of it, and what the run's report is made of.
@Name("org.fastpipeline.Step")
@Label("Pipeline Step")
@Category("FAST")
@StackTrace(false)
final class StepEvent extends Event {
    @Label("Node")
    String node = "";

    /// The first one of a group.
    @Label("Frame")
    String frame = "";

    /// How many frames were worked on together.
    @Label("Frames")
    int frames;

    @Label("Failed")
    boolean failed;

    /// When it began, by the run's clock, if it is measured.
    final transient long begun;

    StepEvent(long begun) {
        this.begun = begun;
    }
}
