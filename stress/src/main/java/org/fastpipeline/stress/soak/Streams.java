// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Images;
import org.fastpipeline.core.graph.Mapping;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.stream.GeneratorStreamer;
import org.fastpipeline.core.stream.Group;
import org.fastpipeline.core.stream.SlidingWindow;

/// A stream is grouped, looked at through a window, and folded, all in one run.
final class Streams implements Workload {
    @Override
    public long run(Trial trial) {
        Reel reel = trial.reel(120);
        int count = trial.between(20, 60);
        int size = trial.between(2, 5);
        GeneratorStreamer<Image> stream = reel.streamer(count);
        Group<Image, Images> group = new Group<>(Image.class, size, Images.class, Images::of);
        group.frames.from(stream.value);
        SlidingWindow<Image, Images> window = new SlidingWindow<>(Image.class, size, Images.class, Images::of);
        window.frames.from(stream.value);
        Total total = new Total(trial.ledger());
        total.image.from(stream.value);
        Collector<Long> groups = Collector.of(sum(group.group), trial.ledger());
        Collector<Long> windows = Collector.of(sum(window.window), trial.ledger());
        Collector<Long> totals = Collector.of(total.sum, trial.ledger());
        try (Run run = Pipeline.to(groups, windows, totals).start(trial.options())) {
            run.finish();
        }
        long[] sums = new long[count];
        for (int place = 0; place < count; place++) {
            sums[place] = reel.checksum(place, 0);
        }
        WrongResultException.unlessEqual("groups", groups.values(), groups(sums, size));
        WrongResultException.unlessEqual("windows", windows.values(), windows(sums, size));
        WrongResultException.unlessEqual("totals", totals.values(), List.of(sum(sums, 0, count)));
        return count;
    }

    private static Out<Long> sum(Out<Images> images) {
        Mapping<Images, Long> sum = new Mapping<>(Images.class, Long.class, some -> some.images().stream()
                .map(Reel::checksum)
                .reduce(0L, Tally::next));
        sum.input.from(images);
        return sum.output;
    }

    /// The sum of pictures `from` until `to`; before the first picture comes the first one.
    private static long sum(long[] sums, int from, int to) {
        long sum = 0;
        for (int place = from; place < to; place++) {
            sum = Tally.next(sum, sums[Math.max(0, place)]);
        }
        return sum;
    }

    private static List<Long> groups(long[] sums, int size) {
        List<Long> groups = new ArrayList<>();
        for (int from = 0; from < sums.length; from += size) {
            groups.add(sum(sums, from, Math.min(from + size, sums.length)));
        }
        return groups;
    }

    private static List<Long> windows(long[] sums, int size) {
        List<Long> windows = new ArrayList<>();
        for (int newest = 0; newest < sums.length; newest++) {
            windows.add(sum(sums, newest + 1 - size, newest + 1));
        }
        return windows;
    }
}
