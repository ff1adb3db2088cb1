// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import com.google.common.collect.ImmutableList;
import java.lang.foreign.MemorySegment;

/// A model that is ready to run on a device.
///
/// @param handle the compiled model
/// @param inputs where tensors go in, in port order
/// @param outputs where they come out, in port order
record Compiled(MemorySegment handle, ImmutableList<Endpoint> inputs, ImmutableList<Endpoint> outputs) {}
