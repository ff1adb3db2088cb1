// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Path;
import java.util.Objects;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.fastpipeline.testing.EngineConformance;

/// The conformance suite on an engine as users have it: from the distribution, in a class loader of its own, in a JVM
/// that has OpenCV with another JavaCPP.
abstract class PluginConformance extends EngineConformance {
    PluginConformance(String engine) {
        super(Path.of(Objects.requireNonNull(System.getProperty("fast.home")), "plugins"), engine);
    }

    @Override
    protected void loadOtherLibraries() {
        Loader.load(opencv_imgproc.class);
    }
}
