// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A frame was dropped, as Flight Recorder sees it.
@Name("org.fastpipeline.Drop")
@Label("Pipeline Drop")
@Category("FAST")
@StackTrace(false)
final class DropEvent extends Event {
    @Label("Frame")
    String frame = "";

    @Label("Dropped by")
    String dropper = "";
}
