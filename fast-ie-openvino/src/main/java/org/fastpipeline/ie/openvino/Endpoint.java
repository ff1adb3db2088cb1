// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import java.lang.foreign.MemorySegment;
import org.fastpipeline.core.inference.Model;

/// Where tensors go in or come out of a compiled model.
///
/// @param port what callers know of it
/// @param handle the compiled model's port
record Endpoint(Model.Port port, MemorySegment handle) {}
