// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

/// The kind of thread a node's work runs on.
///
/// @param name shown in reports
public record Lane(String name) {
    /// Worker threads, as many as the thread plan says; for all that computes.
    public static final Lane CPU = new Lane("cpu");

    /// Virtual threads; for what waits for files or networks.
    public static final Lane IO = new Lane("io");

    /// The one thread that may draw.
    public static final Lane GL = new Lane("gl");

    /// The one thread that drives an accelerator.
    public static Lane device(int number) {
        return new Lane("device-" + number);
    }
}
