// SPDX-License-Identifier: Apache-2.0
/// ONNX Runtime's Java API behind the engine interface of core.
///
/// Inputs are read where they lie in the caller's memory; an output is written where it shall lie if its shape is known
/// before the call, else copied there.
@NullMarked
package org.fastpipeline.ie.onnxruntime;

import org.jspecify.annotations.NullMarked;
