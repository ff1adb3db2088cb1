// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import java.util.Optional;
import java.util.function.Function;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Key;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Region;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Fold;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Outcome;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Step;
import org.jspecify.annotations.Nullable;

/// Puts together what became of the patches of one frame; each finds its place by its [Patch].
///
/// The result has the metadata of the frame that was cut. A patch without a result leaves its place empty. One that
/// failed fails the whole, unless that is allowed. Every frame has a result of its own.
///
/// @param <T> what became of a patch
public abstract sealed class PatchFold<T> extends Fold<PatchFold.Gathered<T>>
        permits PatchStitcher, TensorStitcher, BoxStitcher, DetectionStitcher {
    /// What became of each patch.
    public final In<T> patch;

    /// Whether patches that failed leave their places empty; else one of them fails the whole.
    public final Parameter<Boolean> tolerant =
            flag("tolerant", false, "whether patches that failed leave their places empty; else one fails the whole");

    /// What there is so far of one frame.
    ///
    /// @param <T> what became of a patch
    public abstract static sealed class Gathered<T>
            permits PatchStitcher.Stitched,
                    TensorStitcher.Stitched,
                    BoxStitcher.Collected,
                    DetectionStitcher.Collected {
        private @Nullable Patch first;
        private boolean empty = true;

        Gathered() {}

        /// Puts one patch in its place.
        abstract void add(Patch patch, T value, Step child);

        /// Puts the result.
        ///
        /// @param going whether more will be added; then the result must not change with it
        abstract void put(Step parent, boolean going);

        /// Gives back what it holds.
        void close() {}
    }

    PatchFold(Class<T> type, String doc) {
        this.patch = outcome("patch", type, doc);
    }

    @Override
    public final void add(Gathered<T> gathered, Step child) {
        Outcome<T> outcome = child.outcome(patch);
        if (outcome instanceof Outcome.Failed<T>(FastException cause)
                && (!child.get(tolerant) || child.metadata().get(Patch.KEY).isEmpty())) {
            // Without a place it is no patch that failed but their stream, and nobody knows what is missing.
            throw cause;
        }
        Patch place = Patch.of(child);
        if (gathered.first == null) {
            gathered.first = place;
        }
        if (outcome instanceof Outcome.Value<T>(T value)) {
            gathered.add(place, value, child);
            gathered.empty = false;
        }
    }

    /// Says where a box of a patch lies in what was cut, at whose border it is cut; nowhere if it lies in the padding.
    final Function<Box, Optional<Box>> placing(Patch place, Step child) {
        Region whole = place.grid().whole().region();
        if (whole.depth() > 1) {
            throw new WrongUseException(
                    patch + ", frame " + child.frame(),
                    "met boxes in a volume of " + whole.depth() + " slices; needed a 2-D image",
                    "Cut each slice by itself");
        }
        Region shown = place.region();
        return box -> new Region(shown.x() + box.x(), shown.y() + box.y(), 0, box.width(), box.height(), 1)
                .intersection(whole)
                .map(Region::box);
    }

    @Override
    public final void finish(Gathered<T> gathered, Step parent) {
        put(gathered, parent, false);
    }

    @Override
    public final void snapshot(Gathered<T> gathered, Step parent) {
        put(gathered, parent, true);
    }

    private void put(Gathered<T> gathered, Step parent, boolean going) {
        if (gathered.first != null) {
            Metadata outer = gathered.first.outer();
            outer.entries().keySet().forEach(key -> tag(key, outer, parent));
        }
        if (gathered.empty) {
            outputs().forEach(out -> parent.skip(out, "no patch had a result"));
        } else {
            gathered.put(parent, going);
        }
    }

    private static <V> void tag(Key<V> key, Metadata from, Step to) {
        from.get(key).ifPresent(value -> to.tag(key, value));
    }

    @Override
    public final void close(Gathered<T> gathered) {
        gathered.close();
    }
}
