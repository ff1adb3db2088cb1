// SPDX-License-Identifier: Apache-2.0
/// Inference engines behind one interface, the choice among them, and the network nodes that use them.
@NullMarked
package org.fastpipeline.core.inference;

import org.jspecify.annotations.NullMarked;
