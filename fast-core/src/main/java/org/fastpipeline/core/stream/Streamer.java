// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Source;
import org.fastpipeline.core.graph.Step;

/// A source that plays a recording: once or in a loop, as fast as frames are taken or at a rate, all frames or
/// some.
///
/// A subclass declares its ports, says what there is to play, and loads a frame:
///
/// ```java
/// public final class Ramp extends Streamer<Long> {
///     public final Out<Long> number = out("number", Long.class);
///
///     @Override
///     public Recording<Long> recording(Step step) {
///         return place -> place < 100 ? new Next.Item<>(place, Metadata.EMPTY) : new Next.End<>();
///     }
///
///     @Override
///     public void load(Long place, Step step) {
///         step.put(number, place);
///     }
/// }
/// ```
///
/// Each frame has [INDEX][org.fastpipeline.core.data.Metadata#INDEX], its place among those played, which loops,
/// replays and seeks repeat, and [COUNT][org.fastpipeline.core.data.Metadata#COUNT] where it is known. With a
/// rate it also has [TIME][org.fastpipeline.core.data.Metadata#TIME], the sum of the gaps so far, unless the
/// recording has times of its own. [#start], [#stepSize] and [#maximum] are read when a run begins, the others
/// before each frame.
///
/// @param <K> what identifies a frame to load: a path, a place
@SuppressWarnings("this-escape") // declaring a parameter registers it, and calls nothing that a subclass could change
public abstract class Streamer<K> extends Source<K> {
    /// Place of the first frame that is played.
    public final Parameter<Integer> start =
            integer("start", 0, 0, Integer.MAX_VALUE, "frames", "place of the first frame that is played, from 0");

    /// Distance between frames that are played.
    public final Parameter<Integer> stepSize =
            integer("stepSize", 1, 1, Integer.MAX_VALUE, "frames", "1 plays every frame, 2 every other one");

    /// Most frames that are played, those of one pass if in a loop.
    public final Parameter<Integer> maximum =
            integer("maximum", Integer.MAX_VALUE, 1, Integer.MAX_VALUE, "frames", "at most so many frames are played");

    /// How often each frame is sent once more.
    public final Parameter<Integer> replays =
            integer("replays", 0, 0, Integer.MAX_VALUE, "", "each frame is sent so many times more");

    /// Whether the first frame follows the last one, without end.
    public final Parameter<Boolean> loop = flag("loop", false, "whether it begins anew after the last frame");

    /// Most frames sent in a second.
    public final Parameter<Double> rate =
            number("rate", 0, 0, 1e6, "frames/s", "most frames in a second; 0 sends them as fast as they are taken");

    /// Whether the gaps between frames are those of their stored times.
    public final Parameter<Boolean> realTime = flag(
            "realTime", false, "whether frames follow each other as their stored times do, instead of at the rate");

    private final Playback playback = new Playback();

    /// For subclasses, which declare their ports as fields.
    protected Streamer() {}

    /// What there is to play; it is closed when the stream ends.
    ///
    /// @throws Exception any failure: the stream is one failed frame
    public abstract Recording<K> recording(Step step) throws Exception;

    /// Pauses, resumes and seeks.
    public final Playback playback() {
        return playback;
    }

    @Override
    public final Cursor<K> open(Step step) throws Exception {
        Recording<K> selected = recording(step).select(step.get(start), step.get(stepSize));
        return new Player<>(this, selected, step.get(maximum), step.clock());
    }
}
