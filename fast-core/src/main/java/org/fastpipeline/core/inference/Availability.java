// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/// Whether an engine can work on this machine.
public sealed interface Availability {
    /// It can.
    ///
    /// @param version version of the engine's libraries
    /// @param formats model formats it reads, in the order in which it reads them best; decides between engines
    /// @param devices devices it can compute on, best first, such as `CPU`
    /// @param precisions numbers that its best device computes in, fastest first, such as `bf16`, `f32`
    record Available(
            String version,
            ImmutableSet<ModelFormat> formats,
            ImmutableList<String> devices,
            ImmutableList<String> precisions)
            implements Availability {
        /// An engine that computes in 32-bit floating point alone.
        public Available(String version, ImmutableSet<ModelFormat> formats, ImmutableList<String> devices) {
            this(version, formats, devices, ImmutableList.of("f32"));
        }
    }

    /// It cannot.
    ///
    /// @param reason why, in one line
    /// @param remedy what to do about it
    record Unavailable(String reason, String remedy) implements Availability {}
}
