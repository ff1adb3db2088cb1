// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.fastpipeline.core.memory.Leased;

/// Images that are held as one: a group of consecutive frames, a sliding window.
///
/// A handle, as [Image] is: whoever holds it closes it, and its images with it.
public final class Images implements Leased<Images> {
    private final ImmutableList<Image> images;

    private Images(ImmutableList<Image> images) {
        this.images = images;
    }

    /// The same pixels as `images`, held by handles of their own; empty if there are none.
    public static Images of(List<Image> images) {
        return retained(images, "a list of images");
    }

    private static Images retained(List<Image> images, Object holder) {
        return new Images(images.stream().map(image -> image.retain(holder)).collect(ImmutableList.toImmutableList()));
    }

    /// The images, in order; each is valid while this handle is, and is not to be closed alone.
    public ImmutableList<Image> images() {
        return images;
    }

    /// How many there are.
    public int size() {
        return images.size();
    }

    @Override
    public Images retain(Object holder) {
        return retained(images, holder);
    }

    @Override
    public void publish() {
        images.forEach(Image::publish);
    }

    @Override
    public void close() {
        images.forEach(Image::close);
    }

    @Override
    public String toString() {
        return size() + " images";
    }
}
