// SPDX-License-Identifier: Apache-2.0
/// TensorFlow's C API behind the engine interface of core.
///
/// Inputs are read where they lie in the caller's memory, outputs are copied once into the caller's memory. Everything
/// that is native is freed by the call that ends its use; nothing waits for the garbage collector.
@NullMarked
package org.fastpipeline.ie.tensorflow;

import org.jspecify.annotations.NullMarked;
