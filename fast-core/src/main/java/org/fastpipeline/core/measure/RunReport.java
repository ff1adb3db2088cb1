// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.measure;

import com.google.common.collect.ImmutableMap;

/// What a run did, in figures.
///
/// @param frames frames that went through, failed ones included
/// @param failed frames of which something asked for failed
/// @param dropped frames not delivered to a newest-only subscription
/// @param retries times a transient failure was tried again
/// @param nodes figures of each node, in graph order
/// @param latency from admission of a frame until it was through
/// @param peakBytes most native memory in use at once
public record RunReport(
        long frames,
        long failed,
        long dropped,
        long retries,
        ImmutableMap<String, NodeReport> nodes,
        Durations.Summary latency,
        long peakBytes) {
    /// What one node did.
    ///
    /// @param time how long its executions took
    /// @param failed executions that failed
    /// @param skipped frames on which it had nothing to work on
    /// @param parts times of parts that the node reported, by name
    public record NodeReport(
            Durations.Summary time, long failed, long skipped, ImmutableMap<String, Durations.Summary> parts) {}
}
