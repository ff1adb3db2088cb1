// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import org.fastpipeline.core.catalog.NodeCatalog;
import org.fastpipeline.core.catalog.NodeType;
import org.fastpipeline.core.catalog.Setting;
import org.fastpipeline.core.graph.Parameter.Declaration;
import org.fastpipeline.vision.capillary.BoxRows;
import org.fastpipeline.vision.capillary.CapillaryDensity;
import org.fastpipeline.vision.capillary.CapillaryOverlay;
import org.fastpipeline.vision.capillary.CapillaryRows;
import org.fastpipeline.vision.capillary.CapillaryShapes;
import org.fastpipeline.vision.capillary.FrameRow;
import org.fastpipeline.vision.capillary.Mog2Background;
import org.fastpipeline.vision.capillary.RoiBatch;
import org.fastpipeline.vision.capillary.SmoothedDensity;
import org.fastpipeline.vision.capillary.SsimRoiGenerator;
import org.fastpipeline.vision.capillary.StillBackground;
import org.fastpipeline.vision.io.CsvSink;
import org.fastpipeline.vision.io.EncodedImage;
import org.fastpipeline.vision.io.FolderStreamer;
import org.fastpipeline.vision.io.ImageEncoder;
import org.fastpipeline.vision.io.ImageFileSink;
import org.fastpipeline.vision.io.ImageFileStreamer;
import org.fastpipeline.vision.io.MediaStreamer;
import org.fastpipeline.vision.io.MetaImageSink;
import org.fastpipeline.vision.io.NpySink;
import org.fastpipeline.vision.io.VideoSink;
import org.fastpipeline.vision.io.VideoStreamer;
import org.fastpipeline.vision.patch.BoxStitcher;
import org.fastpipeline.vision.patch.DetectionStitcher;
import org.fastpipeline.vision.patch.PatchGenerator;
import org.fastpipeline.vision.patch.PatchStitcher;
import org.fastpipeline.vision.patch.PyramidPatchGenerator;
import org.fastpipeline.vision.patch.TensorStitcher;
import org.fastpipeline.vision.phantom.CapillaryPhantom;
import org.fastpipeline.vision.phantom.TruthRows;
import org.fastpipeline.vision.phantom.UltrasoundPhantom;
import org.fastpipeline.vision.phantom.VesselRow;
import org.fastpipeline.vision.ultrasound.AreaRow;
import org.fastpipeline.vision.ultrasound.LabelAreaMeter;

/// This module's nodes by name.
public final class VisionNodes implements NodeCatalog {
    @Override
    public String module() {
        return "fast-vision";
    }

    @Override
    public ImmutableList<NodeType> types() {
        return ImmutableList.of(
                NodeType.of(
                        "BoxStitcher",
                        "gathers the boxes found in the patches of a frame as one set",
                        BoxStitcher::new),
                NodeType.of(
                        "DetectionStitcher",
                        "gathers the objects found in the patches of a frame as one set, with labels and scores",
                        DetectionStitcher::new),
                NodeType.of("PatchGenerator", "cuts images and volumes into patches", PatchGenerator::new),
                NodeType.of(
                        "PatchStitcher",
                        "puts images of patches together to an image, a volume or a pyramid",
                        PatchStitcher::new),
                NodeType.of(
                        "PyramidPatchGenerator",
                        "cuts a level of an image pyramid into patches",
                        PyramidPatchGenerator::new),
                NodeType.of("TensorStitcher", "puts one vector per patch together to a tensor", TensorStitcher::new),
                NodeType.of("BoxRows", "makes a frame's rows of a table of boxes, one per capillary", BoxRows::new),
                NodeType.of(
                        "CapillaryDensity",
                        "accepts the regions that a classifier takes for capillaries, and measures what they cover",
                        CapillaryDensity::new),
                NodeType.of(
                        "CapillaryOverlay",
                        "draws a box around each capillary and a line along its contour",
                        CapillaryOverlay::new),
                NodeType.of(
                        "CapillaryRows",
                        "makes a frame's rows of a table of capillaries, with area, length and width",
                        CapillaryRows::new),
                NodeType.of(
                        "CapillaryShapes", "measures area, length and width of each capillary", CapillaryShapes::new),
                NodeType.of("FrameRow", "makes a frame's row of a table of frames, failed or not", FrameRow::new),
                NodeType.of(
                        "Mog2Background",
                        "learns the background of a video over its frames (MOG2)",
                        Mog2Background::new),
                NodeType.of("RoiBatch", "cuts regions out of a frame as one tensor of squares", RoiBatch::new),
                NodeType.of("SmoothedDensity", "smooths density over the frames of a stream", SmoothedDensity::new),
                NodeType.of(
                        "SsimRoiGenerator",
                        "finds regions where a frame differs in structure from its background and absorbs as blood does",
                        SsimRoiGenerator::new),
                NodeType.of(
                        "StillBackground",
                        "estimates the illumination of tissue from one frame alone",
                        StillBackground::new),
                NodeType.of(
                        "CapillaryPhantom",
                        "makes synthetic frames of skin microcirculation, with the truth of what was drawn",
                        CapillaryPhantom::new),
                NodeType.of(
                        "TruthRows",
                        "makes a phantom's rows of the tables of frames and of capillaries that were drawn",
                        TruthRows::new),
                NodeType.of(
                        "LabelAreaMeter",
                        "measures how large what each label of a label image stands for is",
                        LabelAreaMeter::new),
                NodeType.of(
                        "UltrasoundPhantom",
                        "makes synthetic B-mode ultrasound of an artery and a vein, with the truth of what was drawn",
                        UltrasoundPhantom::new),
                NodeType.of("VesselRow", "makes an ultrasound phantom's row of the table of frames", VesselRow::new),
                areaRow(),
                csvSink(),
                folderStreamer(),
                imageEncoder(),
                imageFileSink(),
                imageFileStreamer(),
                mediaStreamer(),
                metaImageSink(),
                npySink(),
                videoSink(),
                videoStreamer());
    }

    private static NodeType areaRow() {
        Setting<String> labels =
                Setting.several(Declaration.text("labels", "artery", "the names of the labels from 1 on"));
        return new NodeType(
                "AreaRow",
                "makes a frame's row of a table of areas, failed or not",
                ImmutableList.of(labels),
                (settings, _) -> new AreaRow(settings.all(labels)));
    }

    private static NodeType csvSink() {
        Setting<Path> file = Setting.required(
                Declaration.path("file", "table.csv", "replaced where it exists, when the run has completed"));
        Setting<String> columns =
                Setting.several(Declaration.text("columns", "frame", "the header line, one name per column"));
        return new NodeType(
                "CsvSink",
                "writes rows to a CSV file, in frame order",
                ImmutableList.of(file, columns),
                (settings, _) ->
                        new CsvSink(settings.get(file), settings.all(columns).toArray(String[]::new)));
    }

    private static NodeType folderStreamer() {
        Setting<Path> folder = Setting.required(Declaration.path("folder", "incoming", "the folder to watch"));
        return new NodeType(
                "FolderStreamer",
                "streams the image files that come into a folder",
                ImmutableList.of(folder),
                (settings, _) -> new FolderStreamer(settings.get(folder)));
    }

    private static NodeType imageEncoder() {
        Setting<EncodedImage.Encoding> encoding =
                Setting.optional(Declaration.choice("encoding", EncodedImage.Encoding.PNG, "the file format"));
        return new NodeType(
                "ImageEncoder",
                "turns images into the bytes of PNG or JPEG files",
                ImmutableList.of(encoding),
                (settings, _) -> new ImageEncoder(settings.get(encoding)));
    }

    private static NodeType imageFileSink() {
        Setting<Path> folder = Setting.required(
                Declaration.path("folder", "pictures", "folder of the files, made where it is missing"));
        return new NodeType(
                "ImageFileSink",
                "writes encoded images into a folder, named after what each frame was read from",
                ImmutableList.of(folder),
                (settings, _) -> new ImageFileSink(settings.get(folder)));
    }

    private static NodeType imageFileStreamer() {
        Setting<String> inputs = Setting.several(
                Declaration.text("inputs", "frames/*.png", "image files, folders of them, and patterns"));
        return new NodeType(
                "ImageFileStreamer",
                "streams image files, one frame each",
                ImmutableList.of(inputs),
                (settings, _) -> new ImageFileStreamer(settings.all(inputs).toArray(String[]::new)));
    }

    private static NodeType mediaStreamer() {
        Setting<String> inputs = Setting.several(
                Declaration.text("inputs", "frames/*.png", "image files, folders of them, patterns, and video files"));
        return new NodeType(
                "MediaStreamer",
                "streams image files and the frames of videos, one after another",
                ImmutableList.of(inputs),
                (settings, _) -> new MediaStreamer(settings.all(inputs).toArray(String[]::new)));
    }

    private static NodeType metaImageSink() {
        Setting<Path> folder =
                Setting.required(Declaration.path("folder", "labels", "folder of the files, made where it is missing"));
        return new NodeType(
                "MetaImageSink",
                "writes images with their spacing and place into a folder, as .mhd and .raw",
                ImmutableList.of(folder),
                (settings, _) -> new MetaImageSink(settings.get(folder)));
    }

    private static NodeType npySink() {
        Setting<Path> file = Setting.required(
                Declaration.path("file", "crops.npy", "replaced where it exists, when the run has completed"));
        return new NodeType(
                "NpySink",
                "writes tensors one after another as one array, for NumPy",
                ImmutableList.of(file),
                (settings, _) -> new NpySink(settings.get(file)));
    }

    private static NodeType videoSink() {
        Setting<Path> file = Setting.required(
                Declaration.path("file", "clip.avi", "replaced where it exists, when the run has completed"));
        return new NodeType(
                "VideoSink",
                "writes images as the frames of a video file",
                ImmutableList.of(file),
                (settings, _) -> new VideoSink(settings.get(file)));
    }

    private static NodeType videoStreamer() {
        Setting<Path> file = Setting.required(Declaration.path("file", "clip.avi", "the video file"));
        return new NodeType(
                "VideoStreamer",
                "streams the frames of a video file",
                ImmutableList.of(file),
                (settings, _) -> new VideoStreamer(settings.get(file)));
    }
}
