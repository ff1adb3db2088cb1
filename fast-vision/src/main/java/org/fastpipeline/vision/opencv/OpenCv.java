// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.opencv;

import org.bytedeco.opencv.global.opencv_core;
import org.fastpipeline.core.error.WrongUseException;

/// OpenCV's settings for the whole process, in one place.
///
/// Frames are what is worked on at once, so OpenCV itself uses one thread unless it is told otherwise. All methods
/// may be called from any thread. OpenCV's own messages on the error stream are switched off by the environment
/// variable `OPENCV_LOG_LEVEL=OFF`, which has to be set before the process starts: the Java presets offer no call
/// for it.
public final class OpenCv {
    private static final String THREADS = "fast.opencv.threads";
    private static final String NATIVE_LIMIT = "org.bytedeco.javacpp.maxbytes";
    private static final String PROCESS_LIMIT = "org.bytedeco.javacpp.maxphysicalbytes";

    private OpenCv() {}

    /// Sets how many threads OpenCV uses within one call, from now on and for all; kept in the system property
    /// `fast.opencv.threads`, by which it may be given at start too.
    public static void use(int threads) {
        if (threads < 1) {
            throw new WrongUseException(
                    "OpenCV", "met " + threads + " threads; needed 1 or more", "Give a number of threads");
        }
        System.setProperty(THREADS, Integer.toString(threads));
        prepare();
    }

    /// How many threads OpenCV uses within one call: 1, or what was asked for.
    public static int threads() {
        return Math.max(1, Integer.getInteger(THREADS, 1));
    }

    /// Makes the settings hold before OpenCV is called; costs well under a microsecond when they do already.
    ///
    /// JavaCPP's own memory limits, which hang on the size of the Java heap and know nothing of our pool, are
    /// switched off unless somebody set them; that takes effect if no JavaCPP class was used before.
    public static void prepare() {
        if (System.getProperty(PROCESS_LIMIT) == null) {
            System.setProperty(PROCESS_LIMIT, "0");
        }
        if (System.getProperty(NATIVE_LIMIT) == null) {
            System.setProperty(NATIVE_LIMIT, "0");
        }
        int wanted = threads();
        if (opencv_core.getNumThreads() != wanted) {
            opencv_core.setNumThreads(wanted);
        }
    }
}
