// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;

/// Which engine was taken, and why.
///
/// @param engine its name
/// @param version version of its libraries
/// @param devices devices it can compute on, best first
/// @param precision what it computes in for this model, such as `f32` or `bf16`
/// @param why one sentence for people, also on engines that were preferred but could not be taken
public record EngineChoice(String engine, String version, ImmutableList<String> devices, String precision, String why) {
    @Override
    public String toString() {
        return engine + " " + version + ": " + why;
    }
}
