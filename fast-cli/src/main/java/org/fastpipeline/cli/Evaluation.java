// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.math.Stats;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import org.fastpipeline.cli.CapillaryResults.FoundFrame;
import org.fastpipeline.cli.PhantomTruth.TrueFrame;
import org.fastpipeline.cli.PhantomTruth.Visibility;
import org.jspecify.annotations.Nullable;

/// Results beside the truth.
///
/// @param frames those of the truth, in its order
/// @param unknown frames of the results that the truth does not have
record Evaluation(ImmutableList<FrameScore> frames, ImmutableList<FrameKey> unknown) {
    /// One frame of the truth and what came of it.
    ///
    /// @param truth what there was to be found
    /// @param status `ok`, `missing` in the results, or why it failed
    /// @param boxes how many were found; none in a frame that is missing or failed
    /// @param matching which of them are right: in a frame that is missing or failed all is missed
    /// @param density what was measured, less what faint capillaries add; nothing in a frame that is missing or
    // failed
    record FrameScore(
            FrameKey key, TrueFrame truth, String status, long boxes, Matching matching, OptionalDouble density) {
        boolean isOk() {
            return density.isPresent();
        }

        Optional<Agreement.Pair> pair() {
            return density.isPresent()
                    ? Optional.of(new Agreement.Pair(truth.density(), density.getAsDouble()))
                    : Optional.empty();
        }

        Counts counts() {
            return new Counts(matching.found(), matching.missed(), matching.wrong());
        }
    }

    /// Right and wrong in numbers.
    ///
    /// @param found clear capillaries that were found
    /// @param missed clear capillaries that were not
    /// @param wrong boxes that hold no capillary
    record Counts(long found, long missed, long wrong) {
        /// found / (found + missed); nothing where there was nothing to find.
        OptionalDouble recall() {
            return share(found, found + missed);
        }

        /// found / (found + wrong); nothing where nothing was said.
        OptionalDouble precision() {
            return share(found, found + wrong);
        }

        private static OptionalDouble share(long part, long all) {
            return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / all);
        }
    }

    static Evaluation of(PhantomTruth truth, CapillaryResults results) {
        ImmutableList.Builder<FrameScore> scores = ImmutableList.builder();
        truth.frames()
                .forEach((key, frame) ->
                        scores.add(score(key, frame, results.frames().get(key))));
        return new Evaluation(
                scores.build(),
                results.frames().keySet().stream()
                        .filter(key -> !truth.frames().containsKey(key))
                        .sorted(Comparator.naturalOrder())
                        .collect(ImmutableList.toImmutableList()));
    }

    private static FrameScore score(FrameKey key, TrueFrame truth, @Nullable FoundFrame found) {
        if (found == null || !found.isOk()) {
            Matching nothing = Matching.nothing(truth.count(Visibility.CLEAR));
            String status = found == null ? "missing" : found.status();
            return new FrameScore(key, truth, status, 0, nothing, OptionalDouble.empty());
        }
        Matching matching = Matching.of(truth.capillaries(), found.boxes());
        return new FrameScore(
                key, truth, found.status(), found.boxes().size(), matching, found.densityWithout(matching.faint()));
    }

    /// Frames that are missing or failed.
    List<FrameScore> lost() {
        return frames.stream().filter(frame -> !frame.isOk()).toList();
    }

    /// Over all frames of the truth, those included that are missing or failed.
    Counts counts() {
        return new Counts(
                sum(frame -> frame.matching().found()),
                sum(frame -> frame.matching().missed()),
                sum(frame -> frame.matching().wrong()));
    }

    /// A sum over all frames.
    long sum(ToLongFunction<FrameScore> of) {
        return frames.stream().mapToLong(of).sum();
    }

    /// Mean intersection over union of the clear capillaries found; nothing if none was.
    OptionalDouble meanOverlap() {
        return mean(frames.stream()
                .flatMap(frame -> frame.matching().overlaps().stream())
                .toList());
    }

    /// The mean of some numbers, if there are any.
    static OptionalDouble mean(List<Double> numbers) {
        return numbers.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Stats.meanOf(numbers));
    }

    /// Densities of the frames that have been measured.
    Agreement agreement() {
        return new Agreement(
                frames.stream().flatMap(frame -> frame.pair().stream()).collect(ImmutableList.toImmutableList()));
    }
}
