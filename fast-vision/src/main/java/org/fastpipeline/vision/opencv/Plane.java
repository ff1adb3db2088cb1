// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.opencv;

import java.lang.foreign.MemorySegment;
import org.bytedeco.opencv.opencv_core.Mat;

/// Scratch memory seen two ways: by OpenCV and by Java. Rows are packed.
///
/// @param mat OpenCV's header
/// @param pixels the same memory, writable; valid while its [Mats] is open
public record Plane(Mat mat, MemorySegment pixels) {}
