// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Path;
import java.util.List;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.RenderToImage;
import org.fastpipeline.render.View;
import org.fastpipeline.vision.io.CsvSink;
import org.fastpipeline.vision.io.EncodedImage.Encoding;
import org.fastpipeline.vision.io.ImageEncoder;
import org.fastpipeline.vision.io.ImageFileSink;
import org.fastpipeline.vision.io.MetaImageSink;
import org.fastpipeline.vision.io.Rows;
import org.fastpipeline.vision.io.VideoSink;

/// The sinks at the ends of commands' pipelines.
final class FrameFiles {
    private static final int VIDEO_WIDTH = 1280;

    private FrameFiles() {}

    /// A table.
    ///
    /// @param name of the sink
    static CsvSink table(String name, Path file, List<String> columns, Out<Rows> rows) {
        CsvSink table = new CsvSink(file, columns.toArray(String[]::new));
        table.name(name);
        table.rows.from(rows);
        return table;
    }

    /// Pictures, one a frame.
    ///
    /// @param name of the sink begins with it
    static ImageFileSink pictures(String name, Path folder, Encoding encoding, Out<Image> image) {
        ImageEncoder encoder = new ImageEncoder(encoding);
        encoder.name(name + "Encoder");
        encoder.image.from(image);
        ImageFileSink files = new ImageFileSink(folder);
        files.name(name + "Files");
        files.image.from(encoder.encoded);
        return files;
    }

    /// MetaImages, one a frame, with their spacing.
    ///
    /// @param name of the sink begins with it
    static MetaImageSink metaImages(String name, Path folder, Out<Image> image) {
        MetaImageSink files = new MetaImageSink(folder);
        files.name(name + "Files");
        files.image.from(image);
        return files;
    }

    /// A video of what a view shows of every frame.
    static VideoSink video(Path file, View view) {
        RenderToImage picture = new RenderToImage(view, VIDEO_WIDTH, 0);
        picture.name("videoPicture");
        VideoSink video = new VideoSink(file);
        video.name("videoFile");
        video.image.from(picture.image);
        return video;
    }
}
