// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCapillaryCommandTest {
    private static final String BOXES = "frame,source,x,y,width,height,visibility,centre_x,centre_y";

    @TempDir
    private Path folder;

    private Path truth = Path.of("");
    private Path results = Path.of("");

    @BeforeEach
    void smallTruthAndResults() throws IOException {
        truth = Files.createDirectories(folder.resolve("truth"));
        results = Files.createDirectories(folder.resolve("results"));
        write(truth.resolve("frames.csv"), "frame,source,density,capillaries", "0,a.png,0.02,2", "1,b.png,0.01,1");
        write(
                truth.resolve("boxes.csv"),
                BOXES,
                "0,a.png,0,0,10,10,clear,5.0,5.0",
                "0,a.png,50,50,10,10,clear,55.0,55.0",
                "0,a.png,80,80,10,10,faint,85.0,85.0",
                "1,b.png,0,0,10,10,clear,5.0,5.0");
        write(results.resolve("frames.csv"), "frame,source,density,status", "0,a.jpg,0.026,ok", "1,b.jpg,0.008,ok");
        write(
                results.resolve("boxes.csv"),
                "frame,source,x,y,width,height,score",
                "0,a.jpg,0,0,10,10,0.9",
                "0,a.jpg,80,80,10,10,0.8",
                "0,a.jpg,30,80,10,10,0.8",
                "1,b.jpg,0,0,10,20,0.7");
        write(
                results.resolve("capillaries.csv"),
                "frame,source,index,density",
                "0,a.jpg,0,0.01",
                "0,a.jpg,1,0.004",
                "0,a.jpg,2,0.012",
                "1,b.jpg,0,0.008");
    }

    private static void write(Path file, String... lines) throws IOException {
        Files.write(file, List.of(lines));
    }

    private Fast.Result run() {
        return Fast.run("evaluate", "capillary", truth, results);
    }

    @Test
    void tableHasARowAFrameAndTheTotals() throws IOException {
        Fast.Result result = run();

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(Files.readAllLines(results.resolve("evaluation.csv")))
                .containsExactly(
                        "frame,status,clear,faint,boxes,found,missed,wrong,faint_found,recall,precision,mean_iou,"
                                + "density_truth,density,density_difference,density_relative_error,"
                                + "density_lower_limit,density_upper_limit",
                        "a,ok,2,1,3,1,1,1,1,0.5000,0.5000,1.0000,0.020000,0.022000,0.002000,0.1000,,",
                        "b,ok,1,0,1,1,0,0,0,1.0000,1.0000,0.5000,0.010000,0.008000,-0.002000,0.2000,,",
                        "total,ok,3,1,4,2,1,1,1,0.6667,0.6667,0.7500,0.015000,0.015000,0.000000,0.1500,-0.005544,"
                                + "0.005544");
        assertThat(result.out())
                .containsPattern("recall +0\\.667 +2 of 3 clear capillaries were found")
                .contains("15.0 %", "to +0.5544 %");
        assertThat(results.resolve("bland-altman.png")).isNotEmptyFile();
    }

    @Test
    void resultsMayGoToAnotherFolder() {
        Path out = folder.resolve("new/out");
        Fast.run("evaluate", "capillary", truth, results, "--out", out);
        assertThat(out.resolve("evaluation.csv")).exists();
        assertThat(results.resolve("evaluation.csv")).doesNotExist();
    }

    @Test
    void missingAndFailedFramesAreNamedAndTheirCapillariesMissed() throws IOException {
        write(truth.resolve("frames.csv"), "frame,source,density", "0,a.png,0.02", "1,b.png,0.01", "2,c.png,0");
        write(
                results.resolve("frames.csv"),
                "frame,source,density,status",
                "0,a.jpg,,the file is empty",
                "2,c.jpg,0,ok");
        write(results.resolve("boxes.csv"), "frame,source,x,y,width,height,score");
        write(results.resolve("capillaries.csv"), "frame,source,index,density");

        Fast.Result result = run();

        assertThat(result.status()).isEqualTo(Main.SOME_FAILED);
        assertThat(result.err())
                .contains(
                        "fast: a: failed (the file is empty); its capillaries count as missed",
                        "fast: b: no result; its capillaries count as missed");
        assertThat(Files.readAllLines(results.resolve("evaluation.csv")))
                .contains("b,missing,1,0,0,0,1,0,0,0.0000,,,0.010000,,,,,")
                .anyMatch(row -> row.startsWith("total,2 of 3 missing or failed,3,1,0,0,3,0,0,0.0000,,,"));
    }

    @Test
    void framesOfTheResultsThatTheTruthDoesNotHaveAreNamed() throws IOException {
        write(truth.resolve("frames.csv"), "frame,source,density", "0,a.png,0.02");
        write(truth.resolve("boxes.csv"), BOXES);
        assertThat(run().err()).contains("fast: 1 frame of the results is not in the truth and does not count: [b]");
    }

    @Test
    void framesOfVideosGoByTheirNumbers() throws IOException {
        write(truth.resolve("frames.csv"), "frame,source,density", "0,v.avi#0,0.02", "1,v.avi#1,0.03");
        write(truth.resolve("boxes.csv"), BOXES, "1,v.avi#1,0,0,10,10,clear,5,5");
        write(results.resolve("frames.csv"), "frame,source,density,status", "0,v.mp4#1,0.03,ok", "1,v.mp4#0,0.02,ok");
        write(results.resolve("boxes.csv"), "frame,source,x,y,width,height,score", "1,v.mp4#1,0,0,10,10,1");
        write(results.resolve("capillaries.csv"), "frame,source,index,density", "1,v.mp4#1,0,0.03");

        assertThat(run().out())
                .containsPattern("recall +1\\.000 +1 of 1 clear capillaries")
                .containsPattern("relative error +0\\.0 %");
    }

    @Test
    void tablesThatCannotBeUsedAreNamed() throws IOException {
        write(truth.resolve("boxes.csv"), BOXES, "0,a.png,0,0,10,ten,clear,5,5");
        assertThat(run().err()).contains("boxes.csv:2: column height met 'ten'; needed a whole number");
        write(truth.resolve("boxes.csv"), BOXES, "0,a.png,0,0,10,10,dim,5,5");
        assertThat(run().err()).contains("column visibility met 'dim'; needed one of [clear, faint]");
        write(truth.resolve("boxes.csv"), "frame,source,x,y,width,height", "0,a.png,0,0,10,10");
        assertThat(run().err()).contains("met no column centre_x, centre_y, visibility; needed source, x");
        Files.delete(truth.resolve("boxes.csv"));
        assertThat(run().status()).isEqualTo(Main.WRONG_USE);
    }

    @Test
    void framesThatCannotBeToldApartAreRefused() throws IOException {
        write(results.resolve("frames.csv"), "frame,source,density,status", "0,a.jpg,0.022,ok", "1,a.png,0.008,ok");
        Fast.Result result = run();
        assertThat(result.err()).contains("two frames have the same name but for folder and file type");
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
    }

    @Test
    void resultsOfOtherFramesAreRefused() throws IOException {
        write(results.resolve("frames.csv"), "frame,source,density,status", "0,x.jpg,0.022,ok");
        assertThat(run().err()).contains("none of the truth's 2 frames has a result, a for one");
    }

    @Test
    void foldersThatAreSwappedAreRefused() {
        Fast.Result result = Fast.run("evaluate", "capillary", results, truth);
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err())
                .isEqualTo("fast: " + results + ": met the results of 'fast capillary' where the truth is needed. "
                        + "Swap the folders: first the truth, then the results\n");
    }

    @Test
    void tablesOfTwoRunsAreRefused() throws IOException {
        write(results.resolve("capillaries.csv"), "frame,source,index,density", "0,a.jpg,0,0.01");
        assertThat(run().err()).contains("capillaries.csv: met 1 rows of a; needed 3, as boxes.csv has");
    }
}
