// SPDX-License-Identifier: Apache-2.0
/// What flows over the ports: images, tensors, boxes, scores, and the metadata that travels with them.
@NullMarked
package org.fastpipeline.core.data;

import org.jspecify.annotations.NullMarked;
