// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A transient failure is tried again, as Flight Recorder sees it.
@Name("org.fastpipeline.Retry")
@Label("Pipeline Retry")
@Category("FAST")
@StackTrace(false)
final class RetryEvent extends Event {
    @Label("Node")
    String node = "";

    @Label("Frame")
    String frame = "";

    @Label("Cause")
    String cause = "";
}
