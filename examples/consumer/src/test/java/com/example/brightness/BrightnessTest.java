// SPDX-License-Identifier: Apache-2.0
package com.example.brightness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.core.run.Run;
import org.fastpipeline.core.run.RunOptions;
import org.fastpipeline.testing.EventRecorder;
import org.fastpipeline.testing.LeakCheck;
import org.fastpipeline.testing.NodeRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How one's own nodes are tested: one alone, and all in a run. Nothing may be left behind.
@ExtendWith(LeakCheck.class)
class BrightnessTest {
    @Test
    void theMeanIsMultipliedByTheGain() {
        Brightness.Mean mean = new Brightness.Mean();
        try (NodeRun run = NodeRun.of(mean)) {
            Image even = Image.allocate(ImageSpec.of(4, 3, ChannelOrder.GREY, ElementType.U8), run.memory());
            even.writablePixels().fill((byte) 200);
            run.with(mean.image, even).with(mean.gain, 2.0);
            assertEquals(400.0, run.execute().get(mean.mean));
        }
    }

    @Test
    void theSourceMakesFiveImages() {
        try (NodeRun run = NodeRun.of(new Brightness.Steps())) {
            assertEquals(5, run.all().size());
        }
    }

    @Test
    void theFramesComeInOrder() {
        Brightness.Steps steps = new Brightness.Steps();
        Brightness.Mean mean = new Brightness.Mean();
        mean.image.from(steps.image);
        EventRecorder events = new EventRecorder();
        try (Run run = Pipeline.to(mean.mean)
                .start(RunOptions.standard().withValidate(true).withListener(events))) {
            run.finish();
        }
        assertEquals(
                List.of("done steps#0", "done steps#1", "done steps#2", "done steps#3", "done steps#4", "ended Completed"),
                events.events());
    }
}
