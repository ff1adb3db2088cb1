// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.measure;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.fastpipeline.core.graph.ProcessObject;

/// What a run takes the times of.
///
/// ```java
/// RunOptions options = RunOptions.standard().withMeasurement(
///         Measurement.all().withWarmUp(10).between(rois, density));
/// ```
///
/// A run that measures nothing reads no clock and keeps no figures but its counts. What is measured here goes to the
/// [RunReport]; Flight Recorder gets its events whether or not anything is measured.
///
/// @param everyNode whether all nodes are measured
/// @param nodes the nodes that are measured if not all are
/// @param warmUp how many executions of each node do not count at the beginning, and how many frames in latencies and
/// stretches
/// @param window how many of the last executions and frames count; 0 for all
/// @param stretches between which nodes frames are timed
public record Measurement(
        boolean everyNode,
        ImmutableSet<ProcessObject> nodes,
        int warmUp,
        int window,
        ImmutableList<Stretch> stretches) {
    /// Checks the numbers.
    ///
    /// @throws org.fastpipeline.core.error.ParameterException if `warmUp` or `window` is negative
    public Measurement {
        Durations.checked("warm-up", warmUp);
        Durations.checked("window", window);
    }

    /// The part of a graph from where `from` begins to work on a frame to where `to` is done with it.
    ///
    /// @param from the first node
    /// @param to the last node, downstream of the first and on the same frames
    public record Stretch(ProcessObject from, ProcessObject to) {}

    /// Nothing is measured.
    public static Measurement none() {
        return of();
    }

    /// All nodes are measured, and the frames' latency.
    public static Measurement all() {
        return new Measurement(true, ImmutableSet.of(), 0, 0, ImmutableList.of());
    }

    /// These nodes are measured, and the frames' latency if there are any.
    public static Measurement of(ProcessObject... nodes) {
        return new Measurement(false, ImmutableSet.copyOf(nodes), 0, 0, ImmutableList.of());
    }

    /// The same, without the first `rounds` executions of each node.
    public Measurement withWarmUp(int rounds) {
        return new Measurement(everyNode, nodes, rounds, window, stretches);
    }

    /// The same, of the last `samples` executions only.
    public Measurement withWindow(int samples) {
        return new Measurement(everyNode, nodes, warmUp, samples, stretches);
    }

    /// The same, and the time that frames take from `from` to `to`; see [RunReport#between].
    ///
    /// The run cannot start if `to` does not lie downstream of `from`, or does not work on the same frames.
    public Measurement between(ProcessObject from, ProcessObject to) {
        ImmutableList.Builder<Stretch> more = ImmutableList.builder();
        return new Measurement(
                everyNode,
                nodes,
                warmUp,
                window,
                more.addAll(stretches).add(new Stretch(from, to)).build());
    }

    /// Whether executions of `node` are measured.
    public boolean includes(ProcessObject node) {
        return everyNode || nodes.contains(node);
    }

    /// Whether anything is measured.
    public boolean isOn() {
        return everyNode || !nodes.isEmpty() || !stretches.isEmpty();
    }
}
