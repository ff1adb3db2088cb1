// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.measure;

import com.google.common.collect.ImmutableMap;
import org.fastpipeline.core.graph.ProcessObject;

/// What a run did, in figures. Counts are always there; times are of what was [measured][Measurement].
///
/// @param frames frames that went through, failed ones included
/// @param failed frames of which something asked for failed
/// @param dropped frames not delivered to a newest-only subscription, or not let in by a live source
/// @param drops those of each, by the name of the source or the subscription's position: `subscription 1`
/// @param retries times a transient failure was tried again
/// @param nodes figures of each node, in graph order
/// @param latency from admission of a frame until it was through
/// @param stretches how long frames took from one node to another
/// @param peakBytes most native memory in use at once
public record RunReport(
        long frames,
        long failed,
        long dropped,
        ImmutableMap<String, Long> drops,
        long retries,
        ImmutableMap<String, NodeReport> nodes,
        Durations.Summary latency,
        ImmutableMap<Measurement.Stretch, StretchReport> stretches,
        long peakBytes) {
    /// How many frames there were, in one line.
    @Override
    public String toString() {
        return frames + " frames, " + failed + " failed, " + dropped + " dropped, " + retries + " retries";
    }

    /// What the node with this name in the graph did; an empty report if there is none.
    public NodeReport node(String name) {
        return nodes.getOrDefault(name, NodeReport.NONE);
    }

    /// How long frames took from the beginning of `from` to the end of `to`; an empty report if the run was not
    /// told to [measure][Measurement#between] it.
    public StretchReport between(ProcessObject from, ProcessObject to) {
        return stretches.getOrDefault(new Measurement.Stretch(from, to), StretchReport.NONE);
    }

    /// What one node did.
    ///
    /// @param executed frames on which it was executed
    /// @param failed executions that failed for good
    /// @param retried executions that failed and were tried again
    /// @param skipped frames on which it had nothing to work on
    /// @param time how long its executions took, each call one sample: tries that failed too, and a group of frames
    /// together
    /// @param waiting how long its work waited, ready, for a thread
    /// @param parts times of parts that the node reported, by name
    public record NodeReport(
            long executed,
            long failed,
            long retried,
            long skipped,
            Durations.Summary time,
            Durations.Summary waiting,
            ImmutableMap<String, Durations.Summary> parts) {
        /// The report of a node that did nothing.
        public static final NodeReport NONE =
                new NodeReport(0, 0, 0, 0, Durations.Summary.NONE, Durations.Summary.NONE, ImmutableMap.of());

        /// The times of a part that the node reported; no durations if it reported none of that name.
        public Durations.Summary part(String name) {
            return parts.getOrDefault(name, Durations.Summary.NONE);
        }
    }

    /// How frames got through a stretch of the graph.
    ///
    /// @param time of each frame that its last node made something of, from its first node's beginning
    /// @param framesPerSecond such frames in a second, from the beginning of the first that counts to the end of
    /// the last; 0 if no time passed
    public record StretchReport(Durations.Summary time, double framesPerSecond) {
        /// The report of a stretch that no frame went through.
        public static final StretchReport NONE = new StretchReport(Durations.Summary.NONE, 0);
    }
}
