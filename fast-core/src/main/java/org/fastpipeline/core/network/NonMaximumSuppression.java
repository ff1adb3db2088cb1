// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import org.fastpipeline.core.data.Detections;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// Drops objects that were found more than once: of those that overlap by more than `overlap`, the one with the
/// highest score stays. They come by falling score.
public final class NonMaximumSuppression extends Stateless {
    /// What was found.
    public final In<Detections> detections = in("detections", Detections.class, "objects, some found more than once");

    /// What stays of it.
    public final Out<Detections> kept = out("kept", Detections.class, "the objects that stay, by falling score");

    /// Intersection over union above which the lower one goes.
    public final Parameter<Double> overlap =
            number("overlap", 0.5, 0, 1, "", "intersection over union above which the lower one goes");

    /// Whether objects of unlike labels suppress each other too.
    public final Parameter<Boolean> acrossLabels =
            flag("acrossLabels", false, "whether objects of unlike labels suppress each other too");

    @Override
    public void execute(Step step) {
        Suppression suppression = new Suppression(step.get(overlap), step.get(acrossLabels));
        step.put(kept, suppression.apply(step.get(detections).detections()));
    }
}
