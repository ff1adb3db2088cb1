// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.fastpipeline.core.error.TransientException;
import org.fastpipeline.core.measure.Nodes.Apply;
import org.fastpipeline.core.measure.Nodes.Batched;
import org.fastpipeline.core.measure.Nodes.Counter;
import org.fastpipeline.core.run.Frame;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.core.run.Subscription;
import org.fastpipeline.testing.EventRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Flight Recorder sees of a run that measures nothing itself.
class FlightRecorderTest {
    @TempDir
    private Path folder;

    private interface Work {
        void run() throws InterruptedException;
    }

    private List<RecordedEvent> record(String event, Work work) throws IOException, InterruptedException {
        Path file = folder.resolve("run.jfr");
        try (Recording recording = new Recording()) {
            recording.enable(event);
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(found -> found.getEventType().getName().equals(event))
                .toList();
    }

    @Test
    void eachExecutionIsAStepEvent() throws Exception {
        Apply apply = new Apply(new Counter(5).number, (value, _) -> {
            if (value == 3) {
                throw new IllegalStateException("poison");
            }
            return value;
        });
        List<RecordedEvent> events = record("org.fastpipeline.Step", Pipeline.to(apply.out)::run);
        assertThat(events)
                .filteredOn(event -> event.getString("node").equals("apply"))
                .extracting(event -> event.getString("frame") + " " + event.getBoolean("failed"))
                .containsExactlyInAnyOrder(
                        "counter#0 false", "counter#1 false", "counter#2 false", "counter#3 true", "counter#4 false");
    }

    @Test
    void aGroupOfFramesIsOneStepEvent() throws Exception {
        Batched batched = new Batched(new Counter(10).number, 4, (value, _) -> value);
        List<RecordedEvent> events = record("org.fastpipeline.Step", Pipeline.to(batched.out)::run);
        assertThat(events)
                .filteredOn(event -> event.getString("node").equals("batched"))
                .extracting(event -> event.getString("frame") + " " + event.getInt("frames"))
                .containsExactlyInAnyOrder("counter#0 4", "counter#4 4", "counter#8 2");
    }

    @Test
    void workThatWaitsForAThreadIsAWaitEvent() throws Exception {
        Apply apply = new Apply(new Counter(5).number, (value, _) -> value);
        List<RecordedEvent> events = record("org.fastpipeline.Wait", Pipeline.to(apply.out)::run);
        assertThat(events)
                .filteredOn(event -> event.getString("node").equals("apply")
                        && event.getString("awaited").equals("thread"))
                .extracting(event -> event.getString("frame"))
                .containsExactlyInAnyOrder("counter#0", "counter#1", "counter#2", "counter#3", "counter#4");
    }

    @Test
    void aSourceThatWaitsForRoomIsAWaitEvent() throws Exception {
        Apply apply = new Apply(new Counter(100).number, (value, _) -> value);
        List<RecordedEvent> events = record("org.fastpipeline.Wait", () -> {
            EventRecorder recorder = new EventRecorder();
            try (Run run = Pipeline.to(apply.out)
                    .start(RunOptions.standard().withAhead(2).withListener(recorder))) {
                recorder.await("done counter#1");
                run.finish();
            }
        });
        assertThat(events)
                .anyMatch(event -> event.getString("awaited").equals("room")
                        && event.getString("node").equals("counter"));
    }

    @Test
    void eachRetryIsAnEvent() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Apply apply = new Apply(new Counter(1).number, (value, _) -> {
            if (tries.incrementAndGet() < 3) {
                throw new TransientException("busy", null);
            }
            return value;
        });
        List<RecordedEvent> events = record("org.fastpipeline.Retry", Pipeline.to(apply.out)::run);
        assertThat(events)
                .extracting(event ->
                        event.getString("node") + " " + event.getString("frame") + " " + event.getString("cause"))
                .containsExactly("apply counter#0 busy", "apply counter#0 busy");
    }

    @Test
    void eachDropIsAnEvent() throws Exception {
        Apply apply = new Apply(new Counter(50).number, (value, _) -> value);
        long[] dropped = new long[1];
        List<RecordedEvent> events = record("org.fastpipeline.Drop", () -> {
            EventRecorder recorder = new EventRecorder();
            try (Run run = Pipeline.of(List.of(Subscription.newest(apply.out)), List.of())
                    .start(RunOptions.standard().withListener(recorder))) {
                recorder.await("ended Completed");
                for (Frame frame : run) {
                    assertThat(frame.failure()).isEmpty();
                }
                dropped[0] = run.report().dropped();
            }
        });
        assertThat(events).hasSize((int) dropped[0]).isNotEmpty();
    }
}
