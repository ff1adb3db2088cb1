// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.fastpipeline.core.data.Boxes;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImagePyramid;
import org.fastpipeline.core.data.Images;
import org.fastpipeline.core.data.Scores;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.graph.Parameter.Declaration;
import org.fastpipeline.core.stream.Group;
import org.fastpipeline.core.stream.Interleave;
import org.fastpipeline.core.stream.Last;
import org.fastpipeline.core.stream.SlidingWindow;
import org.fastpipeline.core.stream.Synchronise;
import org.fastpipeline.core.stream.Zip;

/// The nodes that join and regroup streams. What a stream carries is a setting of theirs, as it is a type in a program.
final class StreamNodes {
    private static final int MOST_FRAMES = 10_000;

    private final ImmutableMap<String, Payload> payloads = Stream.of(
                    Image.class, Images.class, ImagePyramid.class, Tensor.class, Boxes.class, Scores.class)
            .collect(ImmutableMap.toImmutableMap(Class::getSimpleName, Payload::new));

    /// What a stream may carry.
    private record Payload(Class<?> type) {
        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    ImmutableList<NodeType> types() {
        return ImmutableList.of(group(), interleave(), last(), slidingWindow(), synchronise(), zip());
    }

    private Setting<Payload> carried(String name, String doc) {
        return Setting.required(new Declaration<>(
                name,
                Payload.class,
                new Payload(Image.class),
                String.join(" or ", payloads.keySet()),
                _ -> true,
                text -> Optional.ofNullable(payloads.get(text))
                        .orElseThrow(() -> new IllegalArgumentException(text + " is not carried by streams")),
                "",
                doc));
    }

    private static Setting<Integer> size(String name, int initial, String doc) {
        return Setting.optional(Declaration.integer(name, initial, 1, MOST_FRAMES, "frames", doc));
    }

    private NodeType group() {
        Setting<Integer> size = size("size", 4, "frames of a group; the last group may have fewer");
        return new NodeType(
                "Group",
                "groups consecutive images",
                ImmutableList.of(size),
                (settings, _) -> new Group<>(Image.class, settings.get(size), Images.class, Images::of));
    }

    private NodeType slidingWindow() {
        Setting<Integer> size = size("size", 3, "frames of a window");
        Setting<Integer> stride = size("stride", 1, "frames by which a window moves");
        return new NodeType(
                "SlidingWindow",
                "makes windows over the last images, newest last",
                ImmutableList.of(size, stride),
                (settings, _) -> new SlidingWindow<>(
                        Image.class, settings.get(size), settings.get(stride), Images.class, Images::of));
    }

    private NodeType interleave() {
        Setting<Payload> type = carried("carries", "what the streams carry");
        return new NodeType(
                "Interleave",
                "makes one stream out of several, a frame of each in turn",
                ImmutableList.of(type),
                (settings, _) -> new Interleave<>(settings.get(type).type()));
    }

    private NodeType last() {
        Setting<Payload> type = carried("carries", "what the stream carries");
        return new NodeType(
                "Last",
                "gives the value of a stream's last frame",
                ImmutableList.of(type),
                (settings, _) -> new Last<>(settings.get(type).type()));
    }

    private NodeType synchronise() {
        Setting<Payload> first = carried("firstCarries", "what the first stream carries");
        Setting<Payload> second = carried("secondCarries", "what the second stream carries");
        return new NodeType(
                "Synchronise",
                "pairs two streams of unlike rate by the times of their frames",
                ImmutableList.of(first, second),
                (settings, _) -> new Synchronise<>(
                        settings.get(first).type(), settings.get(second).type()));
    }

    private NodeType zip() {
        Setting<Payload> first = carried("firstCarries", "what the first stream carries");
        Setting<Payload> second = carried("secondCarries", "what the second stream carries");
        return new NodeType(
                "Zip",
                "pairs two streams frame by frame, to the end of the shorter",
                ImmutableList.of(first, second),
                (settings, _) -> new Zip<>(
                        settings.get(first).type(), settings.get(second).type()));
    }
}
