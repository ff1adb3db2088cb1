// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.fastpipeline.testing.EngineConformance;

final class OnnxRuntimeConformanceTest extends EngineConformance {
    OnnxRuntimeConformanceTest() {
        super(new OnnxRuntimeEngine());
    }

    @Override
    protected void loadOtherLibraries() {
        Loader.load(opencv_imgproc.class);
    }
}
