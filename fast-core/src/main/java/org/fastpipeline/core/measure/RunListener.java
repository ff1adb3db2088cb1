// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.measure;

import java.time.Duration;
import java.util.Optional;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.graph.Completion;

/// Told of progress, failures, drops, retries, stalls and the end while a run goes on.
///
/// Called one call at a time, on the run's threads or on that of a subscriber who takes or gives back a frame,
/// while the run's bookkeeping waits: it must return quickly and wait for nothing. It may ask the run to stop.
/// Whatever it throws, errors too, is logged and ignored.
public interface RunListener {
    /// A listener that does nothing.
    RunListener NONE = new RunListener() {};

    /// A frame is through. Frames of one stream come in order.
    ///
    /// @param frame its name
    /// @param failure the first failure among what was asked of it
    default void frameDone(String frame, Optional<FastException> failure) {}

    /// A frame was dropped: not delivered to a subscription that wants the newest only, or not let in by a live
    /// source.
    ///
    /// @param frame its name; for a source, which drops before frames have one, what it said of it
    /// @param dropper the subscription (`subscription 1`, by its position) or the source
    default void frameDropped(String frame, String dropper) {}

    /// A node failed on a frame for good, whether or not anybody sees it.
    default void failed(String node, String frame, FastException cause) {}

    /// A transient failure is being tried again.
    default void retried(String node, String frame, Throwable cause) {}

    /// The run makes no progress although there is work; told once per stall, on `fast-run`.
    ///
    /// @param since how long nothing has moved
    /// @param state who waits for whom, in lines of text
    default void stalled(Duration since, String state) {}

    /// The run is over and its sinks are closed; the last call, on `fast-run`.
    default void ended(Completion completion) {}
}
