// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Next;
import org.fastpipeline.core.stream.Recording;
import org.jspecify.annotations.Nullable;

/// The frames of a video file, by number; holds what has been decoded and not yet loaded.
final class VideoRecording implements Recording<VideoStreamer.Decoded> {
    private final Path file;
    private final int pixelLimit;
    private final Set<Picture> open = ConcurrentHashMap.newKeySet();
    private VideoFile video;
    private @Nullable Picture last;

    /// Number of the picture after the last one.
    private long next;

    /// @throws org.fastpipeline.core.error.InputException if it cannot be read, or is not a video of a kind that
    /// is read
    VideoRecording(Path file, int pixelLimit) {
        this.file = file;
        this.pixelLimit = pixelLimit;
        this.video = VideoFile.open(file, pixelLimit);
    }

    @Override
    public Next<VideoStreamer.Decoded> at(long place) {
        if (place < next - 1) {
            video.close();
            video = VideoFile.open(file, pixelLimit);
            next = 0;
        }
        while (next <= place) {
            Optional<Picture> decoded = video.next();
            if (decoded.isEmpty()) {
                return new Next.End<>();
            }
            letGoOfLast();
            last = decoded.get();
            next++;
        }
        return last == null ? new Next.End<>() : item(last);
    }

    private Next<VideoStreamer.Decoded> item(Picture picture) {
        Metadata metadata = Metadata.EMPTY.with(Metadata.ORIGIN, picture.source());
        return new Next.Item<>(
                new VideoStreamer.Decoded(picture.share(), open), with(metadata, Metadata.TIME, picture.time()));
    }

    private static <T> Metadata with(Metadata metadata, Key<T> key, Optional<T> value) {
        return value.isPresent() ? metadata.with(key, value.get()) : metadata;
    }

    @Override
    public OptionalLong count() {
        Optional<Long> count = video.count();
        return count.isPresent() ? OptionalLong.of(count.get()) : OptionalLong.empty();
    }

    @Override
    public void discard(VideoStreamer.Decoded decoded) {
        decoded.close();
    }

    /// Whether some of its frames are still to be loaded, so that it must stay open.
    boolean hasOpenFrames() {
        return !open.isEmpty();
    }

    private void letGoOfLast() {
        if (last != null) {
            last.close();
            last = null;
        }
    }

    @Override
    public void close() {
        letGoOfLast();
        open.forEach(Picture::close);
        open.clear();
        video.close();
    }
}
