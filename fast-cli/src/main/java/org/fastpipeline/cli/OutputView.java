// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.Map;
import org.fastpipeline.core.data.Image;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.render.ImageLayer;
import org.fastpipeline.render.TextLayer;
import org.fastpipeline.render.View;

/// What there is to see of a pipeline from a file: its outputs.
final class OutputView {
    private OutputView() {}

    /// One of each output that is an image, in the order of the file; where there are several, each says its name.
    ///
    /// @throws WrongUseException if there is none
    static ImmutableList<View> of(ImmutableMap<String, Out<?>> outputs) {
        Map<String, Out<?>> images = Maps.filterValues(outputs, output -> output.type() == Image.class);
        if (images.isEmpty()) {
            throw new WrongUseException(
                    "the window of a pipeline",
                    "met the outputs " + outputs.keySet() + ", none of them an image; needed one",
                    "Name an image among the outputs of the file");
        }
        return images.entrySet().stream()
                .map(image -> view(image.getKey(), image.getValue(), images.size() > 1))
                .collect(ImmutableList.toImmutableList());
    }

    @SuppressWarnings("unchecked") // the type of the port's values was asked for
    private static View view(String name, Out<?> output, boolean named) {
        Out<Image> image = (Out<Image>) output;
        View view = View.of(ImageLayer.of(image));
        return named ? view.with(TextLayer.of(image, _ -> name)) : view;
    }
}
