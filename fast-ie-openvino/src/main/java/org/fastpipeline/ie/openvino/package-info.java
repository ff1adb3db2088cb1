// SPDX-License-Identifier: Apache-2.0
/// OpenVINO behind the engine interface of core.
///
/// Inputs are read where they lie in the caller's memory; outputs of known size are written there, others are copied
/// there once. Everything that is native is freed by the call that ends its use, and nothing waits for the garbage
/// collector.
@NullMarked
package org.fastpipeline.ie.openvino;

import org.jspecify.annotations.NullMarked;
