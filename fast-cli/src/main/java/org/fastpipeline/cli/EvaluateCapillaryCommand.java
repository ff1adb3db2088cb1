// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fastpipeline.cli.Evaluation.FrameScore;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.vision.io.WholeFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `fast evaluate capillary`: what the capillary job found against what there was to be found.
@Command(
        header = "Compare what was found in frames with what there was to be found.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Prints a line per frame, recall, precision, and how far densities are off. DIR receives:",
            "  evaluation.csv    the same as a table, a row per frame and one of totals",
            "  bland-altman.png  differences of the densities over their means",
            "Frames go by their names without folder and file type, and those of videos by their number too.",
            "Capillaries of frames that are missing in the results, or failed, count as missed.",
        },
        parameterListHeading = "%nInput:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fast phantom capillary --frames 40 --seed 7 --out phantoms",
            "  fast capillary phantoms --out results --overlays none",
            "  fast evaluate capillary phantoms results",
            "",
            "Exit status: 0 ok, 1 some frames are missing or failed, 2 wrong use, or tables could not be used.",
        })
final class EvaluateCapillaryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "TRUTH_DIR",
            description = "Folder with frames.csv and boxes.csv of the truth, as 'fast phantom capillary' writes them.")
    private Path truth = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "RESULT_DIR",
            description = "Folder with the tables of the results, as 'fast capillary' writes them.")
    private Path results = Path.of("");

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Folder for table and plot; made if it is missing. Default: RESULT_DIR.")
    private Optional<Path> out = Optional.empty();

    @Option(names = Complaint.VERBOSE, description = "Show stack traces.")
    private boolean verbose;

    @Override
    public Integer call() {
        ArgumentCheck.notEmpty(spec, "TRUTH_DIR", List.of(truth));
        ArgumentCheck.notEmpty(spec, "RESULT_DIR", List.of(results));
        ArgumentCheck.notEmpty(spec, "--out", out.stream().toList());
        Speech speech = Speech.of(spec.commandLine(), verbose);
        if (isResult(truth) && !isResult(results)) {
            throw new InputException(
                    truth.toString(),
                    "met the results of 'fast capillary' where the truth is needed",
                    "Swap the folders: first the truth, then the results",
                    null);
        }
        Evaluation evaluation = Evaluation.of(PhantomTruth.read(truth), CapillaryResults.read(results));
        if (evaluation.frames().isEmpty()) {
            throw new InputException(truth.toString(), "the truth has no frames", "Is this the right folder?", null);
        }
        if (evaluation.lost().size() == evaluation.frames().size()) {
            throw new InputException(
                    results.toString(),
                    "none of the truth's " + evaluation.frames().size() + " frames has a result, "
                            + evaluation.frames().getFirst().key() + " for one",
                    "Take the results of the truth's frames",
                    null);
        }
        Path folder = out.orElse(results);
        EvaluationTables tables = new EvaluationTables(evaluation);
        WholeFile.write(folder.resolve("evaluation.csv"), ByteBuffer.wrap(tables.csv()));
        BlandAltmanPlot.png(evaluation.agreement())
                .ifPresentOrElse(
                        png -> WholeFile.write(folder.resolve("bland-altman.png"), ByteBuffer.wrap(png)),
                        () -> speech.note("this machine has no fonts to draw the plot with; on Debian and Ubuntu, "
                                + "install fontconfig and fonts-dejavu-core"));
        tables.lines().forEach(speech::say);
        evaluation.lost().forEach(frame -> speech.note(frame.key() + ": " + problem(frame)));
        if (!evaluation.unknown().isEmpty()) {
            int count = evaluation.unknown().size();
            speech.note((count == 1 ? "1 frame of the results is" : count + " frames of the results are")
                    + " not in the truth and " + (count == 1 ? "does" : "do") + " not count: " + evaluation.unknown());
        }
        return evaluation.lost().isEmpty() ? Main.OK : Main.SOME_FAILED;
    }

    private static boolean isResult(Path folder) {
        return Files.exists(folder.resolve("capillaries.csv"));
    }

    private static String problem(FrameScore frame) {
        return frame.status().equals("missing")
                ? "no result; its capillaries count as missed"
                : "failed (" + frame.status() + "); its capillaries count as missed";
    }
}
