// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What cannot work at all ends with status 2, a line that says why, and nothing written.
class WrongUseTest {
    @TempDir
    private Path folder;

    @Test
    void folderWithoutImagesIsNamed() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        refused(empty, "--out", out(), empty + ": the folder has no image. ");
    }

    @Test
    void patternWithoutMatchIsNamed() throws IOException {
        refused(folder + "/*.png", "--out", out(), folder + "/*.png: no file matches the pattern. ");
    }

    @Test
    void missingFileIsNamed() throws IOException {
        refused(folder.resolve("gone.png"), "--out", out(), "gone.png: there is no such file or folder. ");
    }

    @Test
    void unknownEngineIsNamedWithThoseThereAre() throws IOException {
        refused(sample(), "--out", out(), "--engine", "abacus", "engine abacus: is unknown; met onnxruntime");
    }

    @Test
    void formatsOfModelsAreCalledWhatPeopleCallThem() throws IOException {
        refused(
                sample(),
                "--out",
                out(),
                "--engine",
                "abacus",
                "reads [SavedModel, frozen graph]. Ask for one of these");
    }

    @Test
    void emptyTextInPlaceOfAPathIsRefused() throws IOException {
        refused("", "--out", out(), "INPUT: met an empty text; needed a path. ");
        refused(sample(), "--out", "", "--out: met an empty text; needed a path. ");
    }

    @Test
    void moreWorkersThanAnyMachineHasAreRefused() throws IOException {
        refused(sample(), "--out", out(), "--workers", "100000", "--workers: met 100000; needed 1 to 256. ");
    }

    @Test
    void missingModelIsNamed() throws IOException {
        Path model = folder.resolve("no-model");
        refused(sample(), "--out", out(), "--model", model, "model " + model + ": the folder is missing. ");
    }

    @Test
    void modelOfAnotherInputShapeIsRefused() throws IOException {
        Path model = copyOfModel();
        Path description = model.resolve("model.properties");
        Files.writeString(description, Files.readString(description).replace("-1,50,50,3", "-1,64,64,3"));
        String message = refused(sample(), "--out", out(), "--model", model, "model " + model);
        assertThat(message).contains("50", "64");
    }

    @Test
    void modelWhoseFilesWereChangedIsRefused() throws IOException {
        Path model = copyOfModel();
        Path network = model.resolve("saved_model/saved_model.pb");
        Files.write(network, new byte[] {1, 2, 3});
        assertThat(refused(sample(), "--out", out(), "--model", model, "model " + model))
                .contains("SHA-256");
    }

    @Test
    void modelThatNothingDescribesIsRefusedEvenIfTrusted() throws IOException {
        Path bare = Fast.HOME.model("capillary").resolve("saved_model");
        refused(sample(), "--out", out(), "--model", bare, "model " + bare + ": nothing describes it");
        refused(sample(), "--out", out(), "--trust-model", "--model", bare, "needed labels, threshold");
    }

    @Test
    void deviceThatTheEngineDoesNotHaveIsNamed() throws IOException {
        refused(sample(), "--out", out(), "--engine", "tensorflow", "--device", "ABACUS", "ABACUS");
    }

    @Test
    void fileInPlaceOfTheOutputFolderIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "here before");
        assertThat(refusedBeforeAnythingIsWritten(sample(), "--out", file)).contains(file.toString());
        assertThat(file).hasContent("here before");
    }

    @Test
    void outputFolderThatMayNotBeWrittenIsNamed() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        assumeTrue(
                Files.getFileStore(locked).supportsFileAttributeView("posix"), "this file system has no permissions");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(locked), "this user can write everywhere");
        assertThat(refusedBeforeAnythingIsWritten(sample(), "--out", locked.resolve("out")))
                .contains("locked");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--workers | 0 | needed 1 to 256",
                "--workers | many | --workers: met 'many'; needed a whole number.",
                "--threshold | half | --threshold: met 'half'; needed a number, such as 0.5.",
                "--threshold | nan | --threshold: met 'nan'; needed a number, such as 0.5.",
                "--threshold | NaN | --threshold: met NaN; needed 0 to 1",
                "--pixel-size | NaN | --pixel-size: met NaN; needed more than 0 and at most 1000 micrometres.",
                "--pixel-size | -2 | --pixel-size: met -2.0; needed more than 0 and at most 1000 micrometres.",
                "--pixel-size | Infinity | --pixel-size: met Infinity; needed more than 0",
                "--overlays | gif | --overlays: met 'gif'; needed png, jpg or none.",
                "--background | none | --background: met 'none'; needed still or mog2.",
                "--no-such-option | 1 | there is no option '--no-such-option'.",
            })
    void badOptionIsNamed(String option, String value, String expected) throws IOException {
        String message = refused(sample(), "--out", out(), option, value, expected);
        assertThat(message).contains("fast capillary --help");
    }

    @Test
    void keepGoingAndFailFastExcludeEachOther() throws IOException {
        refused(sample(), "--out", out(), "--keep-going", "--fail-fast", "mutually exclusive");
    }

    @Test
    void missingOutputFolderIsAskedFor() {
        Fast.Result result = Fast.run("capillary", sample());
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err()).contains("--out=DIR");
    }

    @ParameterizedTest
    @CsvSource({"--oot", "--outt", "--uot"})
    void mistypedOptionIsNamedWithTheOneThatWasMeant(String mistyped) {
        Fast.Result result = Fast.run("capillary", sample(), mistyped, out());
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err())
                .isEqualTo("fast: there is no option '" + mistyped
                        + "'. Did you mean '--out'?%nSee 'fast capillary --help'.%n".formatted());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "phantom nosuch | there is no command 'phantom nosuch'. There are 'capillary' and 'ultrasound'.",
                "evaluate capilary | there is no command 'evaluate capilary'. Did you mean 'capillary'?",
                "capilary | there is no command 'capilary'. Did you mean 'capillary'?",
                "abacus | there is no command 'abacus'.",
                "help capillary | there is no command 'help'.",
                "engines now | met 'now', which 'fast engines' has no use for.",
            })
    void commandThatIsNotThereIsNamedWithThoseThatAre(String words, String sentence) {
        Fast.Result result = Fast.run((Object[]) words.split(" "));
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.err().lines().findFirst()).contains("fast: " + sentence);
    }

    @Test
    void inputsAndPipelinesThatAreMissingAreToldOfBeforeADisplayThatIs() throws IOException {
        refused(folder.resolve("gone.png"), "--out", out(), "--window", "gone.png: there is no such file or folder. ");
        Fast.Result result = Fast.run("run", folder.resolve("gone.yaml"), "--window");
        assertThat(result.err()).contains("gone.yaml: ").doesNotContain("display");
    }

    /// @param arguments of the command, and last what the message contains
    /// @return the message
    private String refused(Object... arguments) throws IOException {
        List<Object> list = List.of(arguments);
        String message =
                refusedBeforeAnythingIsWritten(list.subList(0, list.size() - 1).toArray());
        assertThat(message).contains(list.getLast().toString());
        assertThat(out()).satisfiesAnyOf(path -> assertThat(path).doesNotExist(), path -> assertThat(path)
                .isEmptyDirectory());
        return message;
    }

    private static String refusedBeforeAnythingIsWritten(Object... arguments) {
        Fast.Result result = Fast.run(
                Stream.concat(Stream.of("capillary"), Stream.of(arguments)).toArray());
        assertThat(result.status()).isEqualTo(Main.WRONG_USE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("fast: ").doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(result.err().lines().count()).isLessThanOrEqualTo(2);
        return result.err();
    }

    private Path out() {
        return folder.resolve("out");
    }

    private static Path sample() {
        return Fast.sample("frame-0001.jpg");
    }

    private Path copyOfModel() throws IOException {
        Path from = Fast.HOME.model("capillary");
        Path to = folder.resolve("model");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }
}
