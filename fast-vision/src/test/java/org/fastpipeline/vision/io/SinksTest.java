// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.OutputException;
import org.fastpipeline.core.error.RunStoppedException;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.memory.Lease;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinksTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static EncodedImage encoded(NodeRun run) {
        Lease lease = run.memory().allocate(3);
        lease.writable().copyFrom(java.lang.foreign.MemorySegment.ofArray(new byte[] {1, 2, 3}));
        return new EncodedImage(EncodedImage.Encoding.PNG, lease);
    }

    @Test
    void tableHasItsHeaderAndTheRowsOfAllFramesInOrder() {
        Path file = folder.resolve("table.csv");
        CsvSink sink = new CsvSink(file, "frame", "text");
        try (NodeRun run = NodeRun.of(sink)) {
            run.with(sink.rows, Rows.of("0", "plain")).execute();
            run.with(sink.rows, new Rows(ImmutableList.of())).execute();
            run.with(sink.rows, Rows.of("2", "with, comma and \"quote\"")).execute();
            assertThat(file).doesNotExist();
            run.end();
        }
        assertThat(file).hasContent("frame,text\n0,plain\n2,\"with, comma and \"\"quote\"\"\"\n");
    }

    @Test
    void aRowThatDoesNotFitTheHeaderIsRefused() {
        CsvSink sink = new CsvSink(folder.resolve("table.csv"), "frame", "text");
        try (NodeRun run = NodeRun.of(sink)) {
            assertThatThrownBy(() ->
                            run.with(sink.rows, Rows.of("0", "text", "more")).execute())
                    .hasStackTraceContaining(
                            "csvSink.rows: met a row of 3 cells; needed 2, one for each of [frame, text]. "
                                    + "Name the columns of these rows");
        }
    }

    @Test
    void tableOfARunThatFailedOrWasCancelledDoesNotAppear() throws IOException {
        for (Completion completion :
                List.of(new Completion.Cancelled(), new Completion.Failed(new RunStoppedException("test", null)))) {
            CsvSink sink = new CsvSink(folder.resolve("table.csv"), "frame");
            try (NodeRun run = NodeRun.of(sink)) {
                run.with(sink.rows, Rows.of("0")).execute();
                run.end(completion);
            }
            assertThat(names()).isEmpty();
        }
    }

    @Test
    void fullDiskFailsTheTableAndLeavesNothing() throws IOException {
        Path file = FaultyFileSystem.full(folder.resolve("table.csv"), 10);
        CsvSink sink = new CsvSink(file, "frame");
        try (NodeRun run = NodeRun.of(sink)) {
            run.with(sink.rows, Rows.of("more than fits")).execute();

            assertThatThrownBy(run::end)
                    .isInstanceOf(OutputException.class)
                    .hasMessageContaining("table.csv: the disk is full");
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void tableIsTheSameInEveryLanguage() {
        java.util.Locale before = java.util.Locale.getDefault();
        try {
            java.util.Locale.setDefault(java.util.Locale.GERMANY);
            assertThat(Rows.number(1234.5678, 2)).isEqualTo("1234.57");
        } finally {
            java.util.Locale.setDefault(before);
        }
    }

    @Test
    void textThatASpreadsheetWouldRunIsEscapedAndNumbersAreNot() {
        assertThat(Rows.text("=1+1")).isEqualTo("'=1+1");
        assertThat(Rows.text("@a")).isEqualTo("'@a");
        assertThat(Rows.text("-a\nb")).isEqualTo("'-a b");
        assertThat(Rows.text("frame-1.png")).isEqualTo("frame-1.png");
        assertThat(Rows.number(-1, 1)).isEqualTo("-1.0");
    }

    @Test
    void picturesAreNamedAfterWhatTheFrameWasReadFrom() throws IOException {
        ImageFileSink sink = new ImageFileSink(folder.resolve("overlays"));
        try (NodeRun run = NodeRun.of(sink)) {
            run.with(sink.image, encoded(run));
            for (String origin :
                    List.of("in/a.jpg", "other/a.png", "in/A.PNG", "clip.avi#12", "odd#name.png", "none")) {
                run.with(Metadata.ORIGIN, origin).execute();
            }
            run.end();
        }
        assertThat(names())
                .containsExactly("A-3.png", "a-2.png", "a.png", "clip-000012.png", "none.png", "odd#name.png");
    }

    @Test
    void picturesOfARunThatFailedStay() throws IOException {
        ImageFileSink sink = new ImageFileSink(folder);
        try (NodeRun run = NodeRun.of(sink)) {
            run.with(sink.image, encoded(run)).execute();
            run.end(new Completion.Cancelled());
        }
        assertThat(folder.resolve("frame-000000.png")).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void fullDiskFailsThePictureAndLeavesNothing() throws IOException {
        ImageFileSink sink = new ImageFileSink(FaultyFileSystem.full(folder, 2));
        try (NodeRun run = NodeRun.of(sink)) {
            run.with(sink.image, encoded(run)).with(Metadata.ORIGIN, "a.png");

            assertThatThrownBy(run::execute)
                    .isInstanceOf(OutputException.class)
                    .hasMessageContaining("a.png: the disk is full");
        }
        assertThat(names()).isEmpty();
    }
}
