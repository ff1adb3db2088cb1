// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.io.IOException;
import org.bytedeco.opencv.opencv_core.Mat;

/// A video file being written, one picture after another; used by one thread at a time.
interface FilmWriter {
    /// Adds a picture: 8-bit BGR, of the size that the file was begun with.
    void write(Mat picture) throws IOException;

    /// Its file is whole after that, unless it throws. Called once, after a failure too.
    void end() throws IOException;
}
