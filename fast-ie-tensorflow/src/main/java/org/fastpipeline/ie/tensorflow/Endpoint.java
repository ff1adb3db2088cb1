// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import org.fastpipeline.core.inference.Model;
import org.tensorflow.internal.c_api.TF_Operation;

/// Where tensors go in or come out of a graph.
///
/// @param port what callers know of it
/// @param operation the graph's operation; lives as long as the graph
/// @param index which of the operation's outputs it is
record Endpoint(Model.Port port, TF_Operation operation, int index) {}
