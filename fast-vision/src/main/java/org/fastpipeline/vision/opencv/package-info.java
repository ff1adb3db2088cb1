// SPDX-License-Identifier: Apache-2.0
/// OpenCV over the pipeline's own memory: a [Mats][org.fastpipeline.vision.opencv.Mats] scope makes Mat headers on
/// images and gives everything native back when it closes.
@NullMarked
package org.fastpipeline.vision.opencv;

import org.jspecify.annotations.NullMarked;
