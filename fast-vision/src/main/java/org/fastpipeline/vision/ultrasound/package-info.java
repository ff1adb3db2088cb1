// SPDX-License-Identifier: Apache-2.0
/// Vessels in ultrasound frames: what of each frame a segmentation network labels, and how large it is.
///
/// [UltrasoundPipeline][org.fastpipeline.vision.ultrasound.UltrasoundPipeline] joins all of it.
@NullMarked
package org.fastpipeline.vision.ultrasound;

import org.jspecify.annotations.NullMarked;
