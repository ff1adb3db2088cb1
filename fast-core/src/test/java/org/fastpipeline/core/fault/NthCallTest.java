// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.common.base.Throwables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.fault.Faults.Site;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.Subscription;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Fails the first, the second, the third call of each kind, and so on until a run passes clean: each time the right
/// error, no hang, nothing left open or leased, and the next run works.
class NthCallTest {
    private static final int MOST_CALLS = 300;

    /// A pipeline with a port to watch and perhaps a sink.
    private record Reference(Out<Faults.Counted> port, Optional<FaultyNodes.Keep> sink) {}

    /// What a run gave: values in order, the first failure, what the sink committed.
    private record Result(List<Long> values, Optional<FastException> failure, List<Long> committed) {}

    private static Reference fixed(Faults faults) {
        FaultyNodes.Increment first = new FaultyNodes.Increment(faults);
        FaultyNodes.Increment second = new FaultyNodes.Increment(faults);
        second.in.from(first.out);
        return new Reference(second.out, Optional.empty());
    }

    private static Reference stream(Faults faults) {
        FaultyNodes.Increment increment = new FaultyNodes.Increment(faults);
        increment.in.from(new FaultyNodes.Numbers(faults, 6).out);
        return withSink(increment.out, faults);
    }

    private static Reference children(Faults faults) {
        FaultyNodes.Numbers children = new FaultyNodes.Numbers(faults, 3);
        children.in.from(new FaultyNodes.Numbers(faults, 3).out);
        FaultyNodes.Increment increment = new FaultyNodes.Increment(faults);
        increment.in.from(children.out);
        FaultyNodes.Total total = new FaultyNodes.Total(faults);
        total.in.from(increment.out);
        return withSink(total.out, faults);
    }

    private static Reference watchedChildren(Faults faults) {
        FaultyNodes.Numbers children = new FaultyNodes.Numbers(faults, 3);
        children.in.from(new FaultyNodes.Numbers(faults, 3).out);
        FaultyNodes.Sum sum = new FaultyNodes.Sum(faults);
        sum.in.from(children.out);
        return new Reference(sum.out, Optional.empty());
    }

    private static Reference zipped(Faults faults) {
        FaultyNodes.Zip zip = new FaultyNodes.Zip(faults);
        zip.left.from(new FaultyNodes.Numbers(faults, 4).out);
        zip.right.from(new FaultyNodes.Numbers(faults, 4).out);
        FaultyNodes.Sum sum = new FaultyNodes.Sum(faults);
        sum.in.from(zip.out);
        return withSink(sum.out, faults);
    }

    private static Reference withSink(Out<Faults.Counted> port, Faults faults) {
        FaultyNodes.Keep keep = new FaultyNodes.Keep(faults);
        keep.in.from(port);
        return new Reference(port, Optional.of(keep));
    }

    static Stream<Arguments> references() {
        return Stream.of(
                        Arguments.of("static", (Function<Faults, Reference>) NthCallTest::fixed),
                        Arguments.of("stream", (Function<Faults, Reference>) NthCallTest::stream),
                        Arguments.of("children and fold", (Function<Faults, Reference>) NthCallTest::children),
                        Arguments.of("watched children", (Function<Faults, Reference>) NthCallTest::watchedChildren),
                        Arguments.of("zip and sum", (Function<Faults, Reference>) NthCallTest::zipped))
                .flatMap(pipeline ->
                        Stream.of(Site.values()).map(site -> Arguments.of(pipeline.get()[0], site, pipeline.get()[1])));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("references")
    void everyCallMayFailOnce(String name, Site site, Function<Faults, Reference> make) {
        Result right = run(make, Faults.none(), false);
        List<Function<String, Throwable>> kinds = List.of(IllegalStateException::new, AssertionError::new);
        for (Function<String, Throwable> kind : kinds) {
            for (boolean failFast : List.of(false, true)) {
                int call = 1;
                for (; call < MOST_CALLS; call++) {
                    Faults faults = Faults.at(site, call, kind);
                    String where = name + ": " + site + " " + call + (failFast ? ", fail-fast" : "");
                    Result result = run(make, faults, failFast);
                    assertThat(faults.open).as(where).hasValue(0);
                    if (!faults.hasFired()) {
                        assertThat(result).as(where).isEqualTo(right);
                        break;
                    }
                    check(where, site, result, right);
                }
                assertThat(call).as("calls until a clean run").isLessThan(MOST_CALLS);
            }
        }
        assertThat(run(make, Faults.none(), false)).isEqualTo(right);
    }

    private static void check(String where, Site site, Result result, Result right) {
        if (site == Site.CLOSE) {
            // What was to be computed is there; that something could not be given back is in the log.
            assertThat(result).as(where).isEqualTo(right);
            return;
        }
        assertThat(result.failure()).as(where).isPresent();
        FastException failure = result.failure().orElseThrow();
        assertThat(failure).as(where).hasRootCauseMessage("injected at " + site);
        assertThat(Throwables.getCausalChain(failure).toString())
                .as(where)
                .containsPattern("(numbers|increment|sum|total|zip|keep)(-2)?, frame ");
        if (site == Site.COMMIT) {
            assertThat(result.committed()).as(where).isEmpty();
        }
    }

    private static Result run(Function<Faults, Reference> make, Faults faults, boolean failFast) {
        return assertTimeoutPreemptively(Duration.ofSeconds(10), () -> watch(make.apply(faults), failFast));
    }

    private static Result watch(Reference reference, boolean failFast) {
        RunOptions options = RunOptions.standard().withWorkers(2).withValidate(true);
        List<Long> values = new ArrayList<>();
        List<FastException> failures = new ArrayList<>();
        try (Run run = Pipeline.of(
                        List.of(Subscription.every(reference.port())),
                        reference.sink().stream().toList())
                .start(failFast ? options.failFast() : options)) {
            for (Frame frame : run) {
                if (frame.failure().isPresent()) {
                    failures.add(frame.failure().get());
                } else if (frame.outcome(reference.port()) instanceof org.fastpipeline.core.graph.Outcome.Value<?>) {
                    values.add(frame.get(reference.port()).value());
                }
            }
        } catch (FastException stopped) {
            failures.add(stopped);
        }
        return new Result(
                values,
                failures.stream().findFirst(),
                reference.sink().map(sink -> List.copyOf(sink.committed)).orElse(List.of()));
    }
}
