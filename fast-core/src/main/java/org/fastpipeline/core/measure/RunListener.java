// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.measure;

import java.util.Optional;
import org.fastpipeline.core.error.FastException;

/// Told of progress, failures and drops while a run goes on.
///
/// Called on the run's own threads, one call at a time; it must return quickly. What it throws is logged and ignored.
public interface RunListener {
    /// A listener that does nothing.
    RunListener NONE = new RunListener() {};

    /// A frame is through.
    ///
    /// @param frame its name
    /// @param failure the first failure among what was asked of it
    default void frameDone(String frame, Optional<FastException> failure) {}

    /// A frame was not delivered to a subscription that wants the newest only.
    default void frameDropped(String frame) {}

    /// A transient failure is being tried again.
    default void retried(String node, String frame, Throwable cause) {}
}
