// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.measure;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// One execution of one node on one frame, as Java Flight Recorder sees it.
@Name("org.fastpipeline.Step")
@Label("Pipeline step")
@Category("FAST")
@StackTrace(false)
public final class StepEvent extends Event {
    /// The node.
    @Label("Node")
    public String node = "";

    /// The frame.
    @Label("Frame")
    public String frame = "";

    /// Nanoseconds between being ready and being begun.
    @Label("Wait")
    public long wait;

    /// Whether it failed.
    @Label("Failed")
    public boolean failed;

    /// A new event, to be begun and committed by the executor.
    public StepEvent() {}
}
