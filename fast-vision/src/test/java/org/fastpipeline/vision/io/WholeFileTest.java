// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fastpipeline.core.error.OutputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path folder;

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void fileAppearsOnlyWithItsCommit() throws IOException {
        Path target = folder.resolve("deep/table.csv");
        try (WholeFile file = WholeFile.create(target)) {
            file.write(bytes("all"));
            assertThat(target).doesNotExist();
            file.commit();
            assertThat(target).hasContent("all");
        }
        assertThat(target.getParent())
                .isDirectoryContaining("glob:**table.csv")
                .isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void withoutCommitNothingStaysAndTheOldFileIsKept() throws IOException {
        Path target = Files.writeString(folder.resolve("table.csv"), "old");
        try (WholeFile file = WholeFile.create(target)) {
            file.write(bytes("new"));
        }
        assertThat(target).hasContent("old");
        assertThat(names()).containsExactly("table.csv");
    }

    @Test
    void commitReplacesTheOldFile() throws IOException {
        Path target = Files.writeString(folder.resolve("table.csv"), "old and longer");
        WholeFile.write(target, bytes("new"));

        assertThat(target).hasContent("new");
        assertThat(names()).containsExactly("table.csv");
    }

    @Test
    void ofTwoWritersOfOneFileTheLaterCommitWinsWhole() throws IOException {
        Path target = folder.resolve("table.csv");
        try (WholeFile one = WholeFile.create(target);
                WholeFile other = WholeFile.create(target)) {
            one.write(bytes("one, "));
            other.write(bytes("the other"));
            one.write(bytes("and longer"));
            other.commit();
            assertThat(target).hasContent("the other");
            one.commit();
        }
        assertThat(target).hasContent("one, and longer");
        assertThat(names()).containsExactly("table.csv");
    }

    @Test
    void permissionsAreThoseOfAnyNewFile() throws IOException {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path usual = Files.createFile(folder.resolve("usual"));
        WholeFile.write(folder.resolve("table.csv"), bytes("new"));

        assertThat(Files.getPosixFilePermissions(folder.resolve("table.csv")))
                .isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @Test
    void unfinishedFileThatIsGoneIsAnErrorThatSaysSo() throws IOException {
        Path target = folder.resolve("table.csv");
        try (WholeFile file = WholeFile.create(target)) {
            String part = names().getFirst();
            Files.delete(folder.resolve(part));

            assertThatThrownBy(file::commit)
                    .isInstanceOf(OutputException.class)
                    .hasMessage(target + ": its unfinished file " + part + " is not there any more."
                            + " Check what else removes files in this folder, then run again");
        }
    }

    @Test
    void fullDiskIsAnErrorThatNamesTheFileAndLeavesNothing() throws IOException {
        Path target = FaultyFileSystem.full(folder.resolve("table.csv"), 5);

        assertThatThrownBy(() -> WholeFile.write(target, bytes("too long")))
                .isInstanceOf(OutputException.class)
                .hasMessage(target + ": the disk is full. Free some space or choose another folder, then run again");
        assertThat(names()).isEmpty();
    }

    @Test
    void folderThatIsNotWritableIsAnErrorThatNamesTheFile() throws IOException {
        Path target = FaultyFileSystem.notWritable(folder.resolve("table.csv"));

        assertThatThrownBy(() -> WholeFile.create(target))
                .isInstanceOf(OutputException.class)
                .hasMessage(target + ": this user may not write here. Choose another folder or change its permissions");
        assertThat(names()).isEmpty();
    }

    @Test
    void fileWhereAFolderIsNeededIsAnErrorThatNamesThatFile() throws IOException {
        Path blocking = Files.writeString(folder.resolve("file"), "no folder");

        for (String inside : List.of("table.csv", "deeper/still/table.csv")) {
            assertThatThrownBy(() -> WholeFile.create(blocking.resolve(inside)))
                    .isInstanceOf(OutputException.class)
                    .hasMessage(blocking + ": a file is where a folder is needed. Choose another folder");
        }
    }
}
