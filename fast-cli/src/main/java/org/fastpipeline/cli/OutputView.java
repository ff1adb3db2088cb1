// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableMap;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.ImageLayer;
import org.fastpipeline.render.View;

/// What there is to see of a pipeline from a file: its outputs.
final class OutputView {
    private OutputView() {}

    /// The first output that is an image.
    ///
    /// @throws WrongUseException if there is none
    @SuppressWarnings("unchecked") // the type of the port's values is asked for
    static View of(ImmutableMap<String, Out<?>> outputs) {
        Out<?> frame = outputs.values().stream()
                .filter(output -> output.type() == Image.class)
                .findFirst()
                .orElseThrow(() -> new WrongUseException(
                        "the window of a pipeline",
                        "met the outputs " + outputs.keySet() + ", none of them an image; needed one",
                        "Name an image among the outputs of the file"));
        return View.of(ImageLayer.of((Out<Image>) frame));
    }
}
