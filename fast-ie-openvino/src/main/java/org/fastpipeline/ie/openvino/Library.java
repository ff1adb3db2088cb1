// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.fastpipeline.ie.openvino.binding.OpenVino;

/// The loaded library and its one core, both there until the process ends.
///
/// @param ov the functions
/// @param core reads and compiles models, for all threads
record Library(OpenVino ov, MemorySegment core) {
    static Library start(NativePlaces places) {
        OpenVino ov = places.load();
        return new Library(ov, ov.core().create(Arena.global()));
    }
}
