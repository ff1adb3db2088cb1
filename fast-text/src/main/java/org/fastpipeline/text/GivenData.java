// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Stateless;
import org.fastpipeline.core.graph.Step;

/// Stands where a program would give data, in graphs that are only looked at.
final class GivenData extends Stateless {
    final Out<?> data;

    GivenData(String id, Class<?> type) {
        name(id);
        this.data = out("data", type, "what the program gives");
    }

    @Override
    public void execute(Step step) {
        step.skip(data, "nothing was given");
    }
}
