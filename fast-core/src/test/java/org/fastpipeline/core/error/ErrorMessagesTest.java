// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What each error says: where, what was met, what was needed, what to do.
class ErrorMessagesTest {
    private final Exception cause = new IllegalStateException("the disk is gone");

    @Test
    void engineErrorsNameTheEngineTheProblemAndTheRemedy() {
        EngineException error = new EngineException("quick", "its library is missing", "Install it", cause);
        assertThat(error)
                .hasMessage("engine quick: its library is missing. Install it")
                .hasCause(cause);
        assertThat(List.of(error.engine(), error.problem(), error.remedy()))
                .containsExactly("quick", "its library is missing", "Install it");
    }

    @Test
    void displayErrorsNameWhatCannotBeShownTheProblemAndTheRemedy() {
        DisplayException error = new DisplayException("window 'Vessels'", "there is no display", "Set DISPLAY", cause);
        assertThat(error)
                .hasMessage("window 'Vessels': there is no display. Set DISPLAY")
                .hasCause(cause);
        assertThat(List.of(error.what(), error.problem(), error.remedy()))
                .containsExactly("window 'Vessels'", "there is no display", "Set DISPLAY");
    }

    @Test
    void aFaultSaysWhereWhatWasMetWhatWasNeededAndWhatToDo() {
        assertThat(new Fault("blur.image", "not connected", "an output of Image", "Connect it"))
                .hasToString("blur.image: not connected; needed an output of Image. Connect it");
    }

    @Test
    void aGraphErrorTellsItsOneFault() {
        Fault fault = new Fault("blur.image", "not connected", "an output of Image", "Connect it");
        GraphException error = new GraphException(List.of(fault));
        assertThat(error)
                .hasMessage("The graph has 1 fault:\n"
                        + "  blur.image: not connected; needed an output of Image. Connect it");
        assertThat(error.faults()).containsExactly(fault);
    }

    @Test
    void aGraphErrorTellsAllFaults() {
        GraphException error = new GraphException(
                List.of(new Fault("a.x", "one", "two", "Three"), new Fault("b.y", "four", "five", "Six")));
        assertThat(error)
                .hasMessage("The graph has 2 faults:\n  a.x: one; needed two. Three\n  b.y: four; needed five. Six");
    }

    @Test
    void inputErrorsNameTheFileTheProblemAndTheRemedy() {
        InputException error = new InputException("frames/7.png", "is cut short", "Copy it again", cause);
        assertThat(error)
                .hasMessage("frames/7.png: is cut short. Copy it again")
                .hasCause(cause);
        assertThat(List.of(error.source(), error.problem(), error.remedy()))
                .containsExactly("frames/7.png", "is cut short", "Copy it again");
    }

    @Test
    void leaksNameTheHoldersAndTheRemedy() {
        LeakException error = new LeakException(List.of("blur (64 bytes)", "viewer (128 bytes)"));
        assertThat(error)
                .hasMessage("Native memory was not given back by blur (64 bytes), viewer (128 bytes); "
                        + "close what was retained.");
        assertThat(error.holders()).containsExactly("blur (64 bytes)", "viewer (128 bytes)");
    }

    @Test
    void exhaustedMemoryNamesTheTakerTheFiguresAndTheLargestHolders() {
        MemoryExhaustedException error = new MemoryExhaustedException("blur", 300, 900, 1000, List.of("a", "b"));
        assertThat(error)
                .hasMessage("blur: asked for 300 bytes with 900 of 1000 in use; largest holders: a, b. "
                        + "Raise the memory cap or lower the number of workers.");
        assertThat(error.taker()).isEqualTo("blur");
        assertThat(List.of(error.requested(), error.used(), error.cap())).containsExactly(300L, 900L, 1000L);
        assertThat(error.holders()).containsExactly("a", "b");
    }

    @Test
    void exhaustedMemoryNamesNoHoldersWhereThereAreNone() {
        assertThat(new MemoryExhaustedException("blur", 3000, 0, 1000, List.of()))
                .hasMessage("blur: asked for 3000 bytes with 0 of 1000 in use. Raise the memory cap.");
    }

    @Test
    void conflictingMetadataNamesTheNodeTheKeyAndBothProducers() {
        MetadataConflictException error =
                new MetadataConflictException("join", "time", "'1' from left.time", "'2' from right.time");
        assertThat(error)
                .hasMessage("join: key 'time' is '1' from left.time but '2' from right.time; needed one value. "
                        + "Rename one key, or declare a rule on the reading node.");
        assertThat(List.of(error.node(), error.key(), error.first(), error.second()))
                .containsExactly("join", "time", "'1' from left.time", "'2' from right.time");
    }

    @Test
    void missingValuesNameThePortTheFrameTheReasonAndTheRemedy() {
        MissingValueException error = new MissingValueException("blur.image", "camera#7", "it was skipped", cause);
        assertThat(error)
                .hasMessage("blur.image has no value for frame camera#7: it was skipped. "
                        + "Ask for the outcome where a value may be missing.")
                .hasCause(cause);
        assertThat(List.of(error.port(), error.frame(), error.reason()))
                .containsExactly("blur.image", "camera#7", "it was skipped");
    }

    @Test
    void modelErrorsNameTheModelTheProblemAndTheRemedy() {
        ModelException error = new ModelException("models/x", "has no input 'image'", "Name one of: a, b", null);
        assertThat(error).hasMessage("model models/x: has no input 'image'. Name one of: a, b");
        assertThat(List.of(error.model(), error.problem(), error.remedy()))
                .containsExactly("models/x", "has no input 'image'", "Name one of: a, b");
    }

    @Test
    void outputErrorsNameTheTargetTheProblemAndTheRemedy() {
        OutputException error = new OutputException("out/a.csv", "cannot be written", "Free some space", cause);
        assertThat(error)
                .hasMessage("out/a.csv: cannot be written. Free some space")
                .hasCause(cause);
        assertThat(List.of(error.target(), error.problem(), error.remedy()))
                .containsExactly("out/a.csv", "cannot be written", "Free some space");
    }

    @Test
    void parameterErrorsNameTheParameterTheValueAndTheRange() {
        ParameterException error = new ParameterException("blur.sigma", "11", "0 to 10");
        assertThat(error).hasMessage("blur.sigma: met 11; needed 0 to 10. Set a value in that range.");
        assertThat(List.of(error.parameter(), error.met(), error.needed()))
                .containsExactly("blur.sigma", "11", "0 to 10");
    }

    @Test
    void releasedPayloadsNameTheirHolderAndTheWayToKeepThem() {
        ReleasedException error = new ReleasedException("memory", "viewer");
        assertThat(error)
                .hasMessage("memory of viewer was used after its release; "
                        + "close it later, or retain before what is needed longer.");
        assertThat(List.of(error.what(), error.holder())).containsExactly("memory", "viewer");
    }

    @Test
    void aStoppedRunSaysWhy() {
        RunStoppedException error = new RunStoppedException("the camera was unplugged", cause);
        assertThat(error)
                .hasMessage("The run stopped: the camera was unplugged")
                .hasCause(cause);
        assertThat(error.reason()).isEqualTo("the camera was unplugged");
    }

    @Test
    void aFailedStepNamesTheNodeTheFrameAndTheProblem() {
        StepException error = new StepException("blur", "camera#7", "odd size", cause);
        assertThat(error).hasMessage("blur, frame camera#7: odd size").hasCause(cause);
        assertThat(List.of(error.node(), error.frame(), error.problem()))
                .containsExactly("blur", "camera#7", "odd size");
    }

    @Test
    void aFailedStepTakesItsProblemFromWhatTheNodeThrew() {
        assertThat(StepException.of("blur", "camera#7", cause))
                .hasMessage("blur, frame camera#7: the disk is gone")
                .hasCause(cause);
    }

    @Test
    void aFailedStepNamesTheTypeOfWhatWasThrownWithoutAMessage() {
        assertThat(StepException.of("blur", "camera#7", new ArithmeticException()))
                .hasMessage("blur, frame camera#7: ArithmeticException");
        assertThat(StepException.of("blur", "camera#7", new ArithmeticException(" ")))
                .hasMessage("blur, frame camera#7: ArithmeticException");
    }

    @Test
    void stuckThreadsAreNamedWithTheirMemory() {
        StuckException error = new StuckException(List.of("fast-cpu-1 in blur, frame camera#7"), 640);
        assertThat(error)
                .hasMessage("Not stopped: fast-cpu-1 in blur, frame camera#7; 640 bytes of native memory were left to "
                        + "them. End the process when they do not return.");
        assertThat(error.threads()).containsExactly("fast-cpu-1 in blur, frame camera#7");
        assertThat(error.bytes()).isEqualTo(640);
    }

    @Test
    void onlyTransientErrorsAreTransient() {
        assertThat(new TransientException("the line is busy", null).isTransient())
                .isTrue();
        assertThat(new InputException("a", "b", "c", null).isTransient()).isFalse();
    }

    @Test
    void transientErrorsSayWhatWentWrong() {
        TransientException error = new TransientException("the line is busy", cause);
        assertThat(error).hasMessage("the line is busy").hasCause(cause);
        assertThat(error.problem()).isEqualTo("the line is busy");
    }

    @Test
    void wrongUseNamesTheObjectTheProblemAndTheRemedy() {
        WrongUseException error = new WrongUseException("box", "met size 0; needed 1 or more", "Drop empty boxes");
        assertThat(error).hasMessage("box: met size 0; needed 1 or more. Drop empty boxes");
        assertThat(List.of(error.where(), error.problem(), error.remedy()))
                .containsExactly("box", "met size 0; needed 1 or more", "Drop empty boxes");
    }

    @Test
    void whatAnErrorListsCannotBeChangedAfterwards() {
        List<String> holders = new ArrayList<>(List.of("blur"));
        LeakException error = new LeakException(holders);
        holders.clear();
        assertThat(error.holders()).containsExactly("blur");
    }

    @Test
    void interruptedWaitSaysThatTheRunGoesOn() {
        InterruptedException cause = new InterruptedException();
        WaitInterruptedException error = new WaitInterruptedException("a frame of subscription 1", cause);

        assertThat(error)
                .hasMessage("Interrupted while waiting for a frame of subscription 1; the run goes on."
                        + " Ask again to wait on, or close the run")
                .hasCause(cause);
        assertThat(error.awaited()).isEqualTo("a frame of subscription 1");
    }

    @Test
    void noErrorIsLeftOutHere() {
        assertThat(FastException.class.getPermittedSubclasses())
                .containsExactlyInAnyOrder(
                        DisplayException.class,
                        EngineException.class,
                        GraphException.class,
                        InputException.class,
                        LeakException.class,
                        MemoryExhaustedException.class,
                        MetadataConflictException.class,
                        MissingValueException.class,
                        ModelException.class,
                        OutputException.class,
                        ParameterException.class,
                        ReleasedException.class,
                        RunStoppedException.class,
                        StepException.class,
                        StuckException.class,
                        TransientException.class,
                        WaitInterruptedException.class,
                        WrongUseException.class);
    }
}
