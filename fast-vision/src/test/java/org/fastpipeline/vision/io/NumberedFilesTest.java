// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.vision.TestImages;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Streams of numbered image files.
class NumberedFilesTest {
    @TempDir
    Path folder;

    private void write(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, TestImages.encode(TestImages.colour(4, 3), "png"));
        }
    }

    private ImageFileStreamer streamer(String... patterns) {
        String[] inputs = new String[patterns.length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = folder + "/" + patterns[i];
        }
        return new ImageFileStreamer(inputs);
    }

    /// The names of the files that are read, or what went wrong, until the end or `most` frames.
    private List<String> read(ImageFileStreamer streamer, int most) {
        List<String> read = new ArrayList<>();
        try (Run run = Pipeline.to(streamer.image).start(RunOptions.standard().withWorkers(2))) {
            for (Frame frame : run) {
                read.add(
                        frame.failure().isPresent()
                                ? "failed: " + frame.failure().get().getMessage()
                                : folder.relativize(Path.of(frame.metadata(streamer.image)
                                                .get(Metadata.ORIGIN)
                                                .orElseThrow()))
                                        .toString());
                if (read.size() == most) {
                    break;
                }
            }
        }
        return read;
    }

    private List<String> read(ImageFileStreamer streamer) {
        return read(streamer, Integer.MAX_VALUE);
    }

    @Test
    void numbersAreCountedUpToTheFirstThatIsMissing() throws IOException {
        write("f_0.png", "f_1.png", "f_2.png", "f_4.png");
        assertThat(read(streamer("f_#.png"))).containsExactly("f_0.png", "f_1.png", "f_2.png");
    }

    @Test
    @Tag("behaviour-48")
    void numbersBeginAtTheStartGoByTheStepAndAreFilledWithZeros() throws IOException {
        write("005.png", "006.png", "007.png", "009.png", "010.png", "011.png", "1000.png");
        ImageFileStreamer streamer = streamer("###.png");
        streamer.start.set(5);
        streamer.stepSize.set(2);
        assertThat(read(streamer)).containsExactly("005.png", "007.png", "009.png", "011.png");
        streamer.start.set(1000);
        assertThat(read(streamer)).containsExactly("1000.png");
    }

    @Test
    @Tag("behaviour-48")
    void stepOfNothingIsRejected() {
        assertThatThrownBy(() -> streamer("#.png").stepSize.set(0)).isInstanceOf(ParameterException.class);
    }

    @Test
    @Tag("behaviour-44")
    void startBeyondTheFilesFailsAndDeliversNoImage() throws IOException {
        write("f_1.png", "f_2.png");
        ImageFileStreamer streamer = streamer("f_#.png");
        streamer.start.set(7);
        assertThat(read(streamer))
                .singleElement()
                .asString()
                .startsWith("failed: ")
                .contains("f_#.png: there is no ")
                .contains("The lowest number is 1: start there (parameter start)");
        ImageFileStreamer stars = streamer("*.png");
        stars.start.set(7);
        assertThat(read(stars)).singleElement().asString().contains("there are 2 files, none at 7");
    }

    @Test
    @Tag("behaviour-47")
    void streamerWithoutInputOrWithANameThatIsNoPatternFailsWhenItRuns() {
        assertThat(read(new ImageFileStreamer()))
                .singleElement()
                .asString()
                .contains("input: no file was given. Name image files, folders or patterns");
        assertThat(read(streamer("frame.png")))
                .singleElement()
                .asString()
                .contains("frame.png: there is no such file or folder");
        assertThat(read(streamer("frame_#.png")))
                .singleElement()
                .asString()
                .contains("frame_#.png: there is no ")
                .contains("### is three filled with zeros");
    }

    @Test
    @Tag("behaviour-49")
    void countIsTheNumberOfFilesOfAllPatterns() throws IOException {
        write("a_0.png", "a_1.png", "a_2.png", "b_0.png", "b_1.png");
        assertThat(streamer("a_#.png").count()).isEqualTo(3);
        ImageFileStreamer both = streamer("a_#.png", "b_#.png");
        assertThat(both.count()).isEqualTo(5);
        both.stepSize.set(2);
        assertThat(both.count()).isEqualTo(3);
        both.maximum.set(2);
        assertThat(both.count()).isEqualTo(2);
        assertThatThrownBy(() -> streamer("c_#.png").count()).isInstanceOf(InputException.class);
    }

    @Test
    void atMostTheMaximumOfFilesIsRead() throws IOException {
        write("0.png", "1.png", "2.png");
        ImageFileStreamer streamer = streamer("#.png");
        streamer.maximum.set(2);
        assertThat(read(streamer)).containsExactly("0.png", "1.png");
    }

    @Test
    @Tag("behaviour-53")
    void secondPatternFollowsTheFirstAndALoopReturnsToTheFirst() throws IOException {
        write("a_5.png", "a_6.png", "a_7.png", "b_5.png", "b_7.png");
        ImageFileStreamer streamer = streamer("a_#.png", "b_#.png");
        streamer.start.set(5);
        streamer.stepSize.set(2);
        assertThat(read(streamer)).containsExactly("a_5.png", "a_7.png", "b_5.png", "b_7.png");
        streamer.loop.set(true);
        assertThat(read(streamer, 6)).containsExactly("a_5.png", "a_7.png", "b_5.png", "b_7.png", "a_5.png", "a_7.png");
    }

    @Test
    void otherInputsBetweenNumberedPatternsAreOneList() throws IOException {
        write("a_1.png", "x/0.png", "x/1.png", "y.png");
        ImageFileStreamer streamer = streamer("a_#.png", "x", "y.png");
        streamer.start.set(1);
        assertThat(read(streamer)).containsExactly("a_1.png", "x/1.png", "y.png");
    }

    @Test
    void hashSignsOfFilesThatExistAndOfPatternsWithStarsAreNoNumbers() throws IOException {
        write("scan#1/f_0.png", "scan#1/f_1.png", "one#.png");
        assertThat(read(streamer("one#.png"))).containsExactly("one#.png");
        assertThat(read(streamer("scan#1/*.png"))).hasSize(2);
        assertThat(read(streamer("scan#1/f_#.png"))).containsExactly("scan#1/f_0.png", "scan#1/f_1.png");
    }

    @Test
    @Tag("behaviour-56")
    void missingFileOfTimesReachesTheConsumer() throws IOException {
        write("0.png");
        ImageFileStreamer streamer = streamer("#.png");
        streamer.timestamps.set(folder + "/times.txt");
        assertThat(read(streamer))
                .singleElement()
                .asString()
                .startsWith("failed: ")
                .contains("times.txt: there is no such file");
    }

    @Test
    @Tag("behaviour-55")
    void framesHaveTheTimesOfTheFile() throws IOException {
        write("0.png", "1.png", "2.png");
        ImageFileStreamer streamer = streamer("#.png");
        streamer.timestamps.set(Files.writeString(folder.resolve("times.txt"), "1000\n1040.5\n\n1130\n")
                .toString());
        List<Duration> times = new ArrayList<>();
        try (Run run = Pipeline.to(streamer.image).start()) {
            run.forEach(frame ->
                    times.add(frame.metadata(streamer.image).get(Metadata.TIME).orElseThrow()));
        }
        assertThat(times).containsExactly(Duration.ZERO, Duration.ofNanos(40_500_000), Duration.ofMillis(130));
    }

    @Test
    void fileOfTimesMustHaveOneRisingNumberForEachFile() throws IOException {
        write("0.png", "1.png");
        ImageFileStreamer streamer = streamer("#.png");
        for (String[] wrong : new String[][] {
            {"1\n", "it has 1 times for 2 files"},
            {"1\n2\n3\n", "it has 3 times for 2 files"},
            {"2\n1\n", "time 1 comes after 2.0"},
            {"1\nsoon\n", "'soon' is no time in milliseconds"},
            {"1\nNaN\n", "'NaN' is no time in milliseconds"},
        }) {
            Path times = Files.writeString(folder.resolve("times.txt"), wrong[0]);
            streamer.timestamps.set(times.toString());
            assertThat(read(streamer)).singleElement().asString().contains("times.txt: " + wrong[1]);
        }
    }
}
