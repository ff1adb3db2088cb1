// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Images;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.stream.GeneratorStreamer;
import org.fastpipeline.core.stream.Group;
import org.fastpipeline.core.stream.Interleave;
import org.fastpipeline.core.stream.Last;
import org.fastpipeline.core.stream.SlidingWindow;
import org.fastpipeline.core.stream.Synchronise;
import org.fastpipeline.core.stream.ValueStreamer;
import org.fastpipeline.core.stream.Zip;
import org.fastpipeline.vision.io.FolderStreamer;
import org.fastpipeline.vision.io.ImageFileStreamer;

/// What streams can do, one method each; the page docs/streams.md shows them.
public final class Streams {
    private Streams() {}

    static List<Integer> numberedFiles(Path folder) {
        var frames = new ImageFileStreamer(folder + "/frame_###.png", folder + "/more_#.png");
        frames.start.set(5);
        frames.stepSize.set(2);
        frames.maximum.set(100);
        return widths(frames.image);
    }

    static List<Long> playback() {
        var numbers = new Ramp();
        numbers.loop.set(true);
        numbers.rate.set(50.0);
        numbers.playback().pause();
        List<Long> shown = new ArrayList<>();
        try (var run = Pipeline.to(numbers.number).start()) {
            numbers.playback().seek(98);
            shown.add(run.next().orElseThrow().get(numbers.number));
            numbers.playback().resume();
            shown.add(run.next().orElseThrow().get(numbers.number));
            shown.add(run.next().orElseThrow().get(numbers.number));
        }
        return shown;
    }

    static List<Integer> folder(Path folder) {
        var frames = new FolderStreamer(folder);
        frames.settle.set(0.05);
        frames.endFile.set("done");
        return widths(frames.image);
    }

    static List<Integer> memory() {
        var powers = new ValueStreamer<>(
                Integer.class, () -> Stream.iterate(1, i -> 2 * i).limit(5).iterator());
        return all(powers.value);
    }

    static List<Integer> generated() {
        var spec = ImageSpec.of(64, 48, ChannelOrder.GREY, ElementType.U8);
        var images = new GeneratorStreamer<>(Image.class, 3, (place, step) -> {
            Image image = Image.allocate(spec, step.memory());
            image.writablePixels().fill((byte) place);
            return image;
        });
        return widths(images.value);
    }

    static List<String> timed() {
        var times = List.of(Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(50));
        var words = new ValueStreamer<>(String.class, List.of("systole", "diastole", "systole"), times);
        words.realTime.set(true);
        return all(words.value);
    }

    static List<String> joined() {
        var left = new ValueStreamer<>(String.class, List.of("a", "b"));
        var right = new ValueStreamer<>(String.class, List.of("x", "y"));
        var either = new Interleave<>(String.class);
        either.inputs.from(left.value);
        either.inputs.from(right.value);
        return all(either.output);
    }

    static List<String> zipped() {
        var pair = new Zip<>(String.class, Long.class);
        pair.first.from(new ValueStreamer<>(String.class, List.of("a", "b", "c")).value);
        pair.second.from(new Ramp().number);
        List<String> texts = new ArrayList<>();
        try (var run = Pipeline.to(pair.firstOfPair, pair.secondOfPair).start()) {
            for (Frame frame : run) {
                texts.add(frame.get(pair.firstOfPair) + frame.get(pair.secondOfPair));
            }
        }
        return texts;
    }

    static List<String> synchronised() {
        var fast = new GeneratorStreamer<>(Long.class, 4, (place, step) -> place);
        var slow = new GeneratorStreamer<>(Long.class, 2, (place, step) -> place);
        fast.rate.set(100.0);
        slow.rate.set(50.0);
        var pair = new Synchronise<>(Long.class, Long.class);
        pair.first.from(fast.value);
        pair.second.from(slow.value);
        List<String> texts = new ArrayList<>();
        try (var run = Pipeline.to(pair.firstOfPair, pair.secondOfPair).start()) {
            for (Frame frame : run) {
                texts.add(frame.get(pair.firstOfPair) + "-" + frame.get(pair.secondOfPair));
            }
        }
        return texts;
    }

    static List<Integer> grouped(Out<Image> images) {
        var batch = new Group<>(Image.class, 4, Images.class, Images::of);
        batch.frames.from(images);
        List<Integer> sizes = new ArrayList<>();
        try (var run = Pipeline.to(batch.group).start()) {
            run.forEach(frame -> sizes.add(frame.get(batch.group).size()));
        }
        return sizes;
    }

    static List<String> windows() {
        var window = new SlidingWindow<>(Integer.class, 3, String.class, List::toString);
        window.frames.from(new ValueStreamer<>(Integer.class, List.of(0, 1, 2, 3)).value);
        return all(window.window);
    }

    static long last() {
        var last = new Last<>(Long.class);
        last.frames.from(new Ramp().number);
        try (var pipeline = Pipeline.to(last.last)) {
            return pipeline.pull().orElseThrow().get(last.last);
        }
    }

    private static <T> List<T> all(Out<T> port) {
        List<T> values = new ArrayList<>();
        try (var run = Pipeline.to(port).start()) {
            run.forEach(frame -> values.add(frame.get(port)));
        }
        return values;
    }

    private static List<Integer> widths(Out<Image> port) {
        List<Integer> widths = new ArrayList<>();
        try (var run = Pipeline.to(port).start()) {
            run.forEach(frame -> widths.add(frame.get(port).width()));
        }
        return widths;
    }
}
