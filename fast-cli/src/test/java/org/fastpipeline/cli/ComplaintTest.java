// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.RunStoppedException;
import org.fastpipeline.core.error.StepException;
import org.junit.jupiter.api.Test;

class ComplaintTest {
    private final InputException cause =
            new InputException("a.png", "the file is empty", "Copy it again", new IOException("low level"));

    @Test
    void fileIsNamedRatherThanTheNodeThatReadIt() {
        assertThat(Complaint.of(
                        new RunStoppedException("a node failed", StepException.of("streamer", "frame#3", cause))))
                .isEqualTo("a.png: the file is empty. Copy it again");
    }

    @Test
    void nodeIsNamedWhereItFailedByItself() {
        assertThat(Complaint.of(StepException.of("density", "frame#3", new ArithmeticException("/ by zero"))))
                .isEqualTo("density, frame frame#3: / by zero");
    }

    @Test
    void unexpectedErrorAsksForAReport() {
        assertThat(Complaint.of(new IllegalStateException("odd")))
                .contains("did not expect", "IllegalStateException: odd", "--verbose");
    }

    @Test
    void onlyAFrameThatWasThereCanFail() {
        assertThat(Complaint.status(StepException.of("streamer", "frames#0", cause)))
                .isEqualTo(Main.SOME_FAILED);
        assertThat(Complaint.status(StepException.of("streamer", "static#0", cause)))
                .isEqualTo(Main.WRONG_USE);
    }
}
