// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.patch;

import java.util.Optional;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.data.Region;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// Hands patches on, several at once; leaves some out, breaks on others; may cut the overlap off.
final class Through extends Stateless {
    final In<Image> in = in("in", Image.class);
    final Out<Image> out = out("out", Image.class);
    int batch = 1;
    long skipped = -1;
    String skippedIn = "picture 0";
    long broken = -1;
    boolean crop;

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public void execute(Step step) {
        Patch patch = Patch.of(step);
        if (patch.id() == broken) {
            throw new IllegalStateException("no sense in this patch");
        }
        if (patch.id() == skipped && step.metadata().get(Metadata.ORIGIN).equals(Optional.of(skippedIn))) {
            step.skip(out, "not this one");
        } else if (crop) {
            Extent at = patch.grid().overlap();
            Extent size = patch.grid().stride();
            Region own = new Region(at.x(), at.y(), at.z(), size.x(), size.y(), size.z());
            step.put(out, step.get(in).part(own, 0, step.memory()));
        } else {
            step.put(out, step.get(in));
        }
    }
}
