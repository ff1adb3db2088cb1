// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.Random;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.inference.Preprocessing;
import org.fastpipeline.testing.NodeRun;

/// A random image, a random network to read it, and what that must read: computed element by element, by definition.
record PassTrial(
        ImageSpec spec,
        int width,
        int height,
        int depth,
        boolean first,
        boolean aspect,
        boolean flip,
        Preprocessing preprocessing,
        ImageToTensor node,
        ImmutableIntArray samples) {
    static PassTrial of(Random random) {
        List<ChannelOrder> orders = List.of(ChannelOrder.values());
        ChannelOrder channels = orders.get(random.nextInt(orders.size()));
        ElementType[] types = {ElementType.U8, ElementType.U16, ElementType.I16, ElementType.F32};
        int depth = random.nextBoolean() ? 1 : 1 + random.nextInt(4);
        ImageSpec spec = ImageSpec.volume(
                1 + random.nextInt(9), 1 + random.nextInt(9), depth, channels, types[random.nextInt(types.length)]);
        boolean same = random.nextInt(4) == 0;
        int width = same ? spec.width() : 1 + random.nextInt(9);
        int height = same ? spec.height() : 1 + random.nextInt(9);
        int slices = same ? depth : 1 + random.nextInt(4);
        boolean first = random.nextBoolean();
        boolean aspect = random.nextBoolean();
        boolean flip = random.nextBoolean();
        var preprocessing = new Preprocessing(20, 200, 50, 40, 0.5, random.nextBoolean());
        long c = channels.channels();
        Net net = Net.of(
                first
                        ? Net.port("image", "NCDHW", 1, c, slices, height, width)
                        : Net.port("image", "NDHWC", 1, slices, height, width, c),
                Net.port("scores", "NC", -1, 1),
                in -> List.of());
        var node = new ImageToTensor(
                net.load(), "image", ImageInput.PLAIN.with(Layout.DECLARED).with(preprocessing));
        int[] samples = random.ints((long) spec.width() * spec.height() * depth * c, 0, 256)
                .toArray();
        return new PassTrial(
                spec,
                width,
                height,
                slices,
                first,
                aspect,
                flip,
                preprocessing,
                node,
                ImmutableIntArray.copyOf(samples));
    }

    Image image(NodeRun run) {
        run.with(node.keepAspect, aspect).with(node.flip, flip);
        return Pictures.of(spec, run.memory(), samples.toArray());
    }

    float[] expected() {
        int channels = spec.channels().channels();
        float[] expected = new float[width * height * depth * channels];
        double factor = Math.max((double) spec.width() / width, (double) spec.height() / height);
        int wide = aspect ? Math.clamp(Math.round(spec.width() / factor), 1, width) : width;
        int high = aspect ? Math.clamp(Math.round(spec.height() / factor), 1, height) : height;
        for (int z = 0; z < depth; z++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    for (int c = 0; c < channels; c++) {
                        int column = flip ? width - 1 - x : x;
                        int source = spec.channels() == ChannelOrder.BGR ? channels - 1 - c : c;
                        double value = column < wide && y < high ? value(column, y, z, source, wide, high) : 0;
                        int at = first
                                ? ((c * depth + z) * height + y) * width + x
                                : ((z * height + y) * width + x) * channels + c;
                        expected[at] = (float) preprocessing.apply(value);
                    }
                }
            }
        }
        return expected;
    }

    private double value(int x, int y, int z, int c, int wide, int high) {
        double[] place = {place(x, spec.width(), wide), place(y, spec.height(), high), place(z, spec.depth(), depth)};
        double sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            double weight = 1;
            int[] at = new int[3];
            for (int axis = 0; axis < 3; axis++) {
                int near = (int) place[axis];
                boolean far = (corner >> axis & 1) == 1;
                weight *= far ? place[axis] - near : 1 - (place[axis] - near);
                at[axis] = near + (far ? 1 : 0);
            }
            if (weight > 0) {
                int pixel = (at[2] * spec.height() + at[1]) * spec.width() + at[0];
                sum += weight * samples.get(pixel * spec.channels().channels() + c);
            }
        }
        return sum;
    }

    private static double place(int at, int from, int to) {
        return Math.clamp((at + 0.5) * from / to - 0.5, 0, from - 1);
    }
}
