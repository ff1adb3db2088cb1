// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

/// What to compute on.
///
/// @param provider by what
/// @param index which of the machine's GPUs, from 0
record Device(Provider provider, int index) {
    /// `CPU`, `CUDA`, `CUDA.1`.
    @Override
    public String toString() {
        return index == 0 ? provider.toString() : provider + "." + index;
    }
}
