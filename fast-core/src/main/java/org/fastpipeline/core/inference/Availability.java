// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/// Whether an engine can work on this machine.
public sealed interface Availability {
    /// How fast an engine is expected to be at inference, beside others on the same machine.
    enum Speed {
        /// It compiles a network for the processor that it runs on.
        HIGH,
        /// It is made for inference: it makes a network simpler before it runs it.
        USUAL,
        /// It is made for training too, and runs a network about as it is stored.
        LOW
    }

    /// It can.
    ///
    /// @param version version of the engine's libraries
    /// @param formats model formats it reads, in the order in which it reads them best
    /// @param devices devices it can compute on, best first, such as `CPU`
    /// @param precisions numbers that its best device computes in, fastest first, such as `bf16`, `f32`
    /// @param speed how fast it is expected to be; decides between engines, as [EngineOrder] says
    record Available(
            String version,
            ImmutableSet<ModelFormat> formats,
            ImmutableList<String> devices,
            ImmutableList<String> precisions,
            Speed speed)
            implements Availability {
        /// An engine of usual speed.
        public Available(
                String version,
                ImmutableSet<ModelFormat> formats,
                ImmutableList<String> devices,
                ImmutableList<String> precisions) {
            this(version, formats, devices, precisions, Speed.USUAL);
        }

        /// An engine of usual speed that computes in 32-bit floating point alone.
        public Available(String version, ImmutableSet<ModelFormat> formats, ImmutableList<String> devices) {
            this(version, formats, devices, ImmutableList.of("f32"));
        }

        /// The same, but expected to be of another speed.
        public Available at(Speed other) {
            return new Available(version, formats, devices, precisions, other);
        }
    }

    /// It cannot.
    ///
    /// @param reason why, in one line
    /// @param remedy what to do about it
    record Unavailable(String reason, String remedy) implements Availability {}
}
