// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;
import org.fastpipeline.vision.opencv.Colours;
import org.fastpipeline.vision.opencv.Mats;

/// Cuts the regions of a frame out as squares and resizes them into one tensor N, H, W, C of 8-bit RGB, in the
/// regions' order.
///
/// A square has the region's centre and 1.3 times its longer side, at least `leastSide`, and lies within the frame.
/// Values are the frame's own, 0 to 255: preprocessing is the network node's, as the model's description has it.
/// Crops are resized straight into the tensor's memory. No region gives a tensor of no items.
public final class RoiBatch extends Stateless {
    private static final int CHANNELS = 3;

    /// The frame.
    public final In<Image> frame = in("frame", Image.class, "the frame");

    /// The regions to cut out.
    public final In<Boxes> boxes = in("boxes", Boxes.class, "the regions to cut out");

    /// The crops.
    public final Out<Tensor> crops = out("crops", Tensor.class, "the crops as one tensor N, H, W, C of 8-bit RGB");

    /// Width and height of a crop.
    public final Parameter<Integer> side = integer("side", 50, 1, 4096, "pixels", "width and height of a crop");

    /// Side of the square around a region, in per cent of the region's longer side.
    public final Parameter<Integer> surroundings = integer(
            "surroundings", 130, 100, 1000, "percent", "side of the square around a region, of its longer side");

    /// Least side of the square around a region.
    public final Parameter<Integer> leastSide =
            integer("leastSide", 40, 1, 960, "work pixels", "least side of the square around a region");

    @Override
    public void execute(Step step) {
        Image source = step.get(frame);
        List<Box> regions = step.get(boxes).boxes();
        int size = step.get(side);
        TensorSpec spec = TensorSpec.of("NHWC", ElementType.U8, regions.size(), size, size, CHANNELS);
        Tensor batch = Tensor.allocate(spec, step.memory());
        try (Mats mats = new Mats(step.memory())) {
            Mat bgr = Colours.bgr8(mats, source);
            Mat crop = mats.scratch(size, size, opencv_core.CV_8UC3).mat();
            Size target = new Size(size, size);
            long address = batch.writableElements().address();
            for (Box region : regions) {
                Box square = square(region, source, step.get(surroundings), step.get(leastSide));
                int filter = square.width() > size ? opencv_imgproc.INTER_AREA : opencv_imgproc.INTER_LINEAR;
                opencv_imgproc.resize(mats.part(bgr, square), crop, target, 0, 0, filter);
                opencv_imgproc.cvtColor(
                        crop, mats.over(address, size, size, opencv_core.CV_8UC3), opencv_imgproc.COLOR_BGR2RGB);
                address += (long) size * size * CHANNELS;
            }
            mats.check();
            step.put(crops, batch);
        }
    }

    private static Box square(Box region, Image frame, int percent, int leastWork) {
        int least = WorkSize.of(frame).inFrame(leastWork);
        int wanted = Math.max(Math.max(region.width(), region.height()) * percent / 100, least);
        int side = Math.max(1, Math.min(wanted, Math.min(frame.width(), frame.height())));
        int left = Math.clamp(region.x() + region.width() / 2 - side / 2, 0, frame.width() - side);
        int top = Math.clamp(region.y() + region.height() / 2 - side / 2, 0, frame.height() - side);
        return new Box(left, top, side, side);
    }
}
