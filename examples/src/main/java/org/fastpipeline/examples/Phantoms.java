// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.examples;

import org.fastpipeline.core.inference.LoadedModel;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.run.Pipeline;
import org.fastpipeline.vision.capillary.CapillaryPipeline;
import org.fastpipeline.vision.phantom.CapillaryPhantom;

/// A job on frames whose truth is known; the page docs/phantoms.md shows it.
public final class Phantoms {
    private Phantoms() {}

    static void compare(LoadedModel model, ModelDescriptor spec) {
        var phantom = new CapillaryPhantom();
        phantom.seed.set(7);
        phantom.maximum.set(40);
        var job = CapillaryPipeline.of(phantom.image, CapillaryPipeline.Background.STILL, model, spec);
        try (var run = Pipeline.to(job.density(), phantom.truth).start()) {
            run.forEach(frame -> IO.println(frame.get(job.density()).value() + " of "
                    + frame.get(phantom.truth).density()));
        }
    }
}
