// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.behaviours;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tries every mutant: shows that the tests of each behaviour notice a change that breaks it.
///
/// Needs the classes of all modules and what [BehaviourListener] wrote about their test JVMs: run the tests first. The
/// tests of the rows are first run unchanged, and must pass. Writes `target/long/mutants.txt`. Fails unless each mutant
/// is killed.
final class MutantRun {
    private static final int AT_ONCE = 2;

    private MutantRun() {}

    /// Tries the mutants.
    ///
    /// @param rows the rows to try; all of them if none is given
    public static void main(String[] rows) throws IOException, InterruptedException, ExecutionException {
        Set<Integer> wanted = Stream.of(rows).map(Integer::valueOf).collect(Collectors.toSet());
        Checkout checkout = Checkout.here();
        Path results = Files.createDirectories(checkout.root().resolve("target/long"));
        List<String> bad = new ArrayList<>();
        try (PrintStream table = new PrintStream(results.resolve("mutants.txt").toFile(), StandardCharsets.UTF_8);
                ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Trial.Result>> trials = new ArrayList<>();
            for (Path module : checkout.modules()) {
                List<Mutant> mutants = checkout.mutants(module).stream()
                        .filter(mutant -> wanted.isEmpty() || wanted.contains(mutant.row()))
                        .toList();
                if (!mutants.isEmpty()) {
                    Trial trial = new Trial(checkout, module);
                    trials.add(workers.submit(() -> trial.unchanged(mutants)));
                    mutants.forEach(mutant -> trials.add(workers.submit(() -> trial.run(mutant))));
                }
            }
            for (Future<Trial.Result> trial : trials) {
                Trial.Result result = trial.get();
                table.println(result);
                table.flush();
                System.out.println(result);
                if (!result.isGood()) {
                    bad.add(result.toString());
                }
            }
            System.out.println(trials.size() + " trials, " + bad.size() + " bad");
            bad.forEach(System.out::println);
        }
        System.exit(bad.isEmpty() ? 0 : 1);
    }
}
