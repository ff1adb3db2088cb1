// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.inference.Preprocessing;

/// What is done to each sample: limited to a range, then x scale + offset.
///
/// @param low least sample; smaller ones become it
/// @param high greatest sample; greater ones become it
/// @param scale what a sample is multiplied with
/// @param offset what is added then
record Affine(float low, float high, float scale, float offset) {
    static final Affine NONE = new Affine(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 1, 0);

    /// Preprocessing of the real values of an image's samples.
    static Affine of(Preprocessing preprocessing, ImageSpec image) {
        double slope = image.rescaleSlope();
        double intercept = image.rescaleIntercept();
        double one = (preprocessing.low() - intercept) / slope;
        double other = (preprocessing.high() - intercept) / slope;
        double factor = preprocessing.scale() / preprocessing.std() * (preprocessing.signed() ? 2 : 1);
        double shift = (intercept - preprocessing.mean()) * factor - (preprocessing.signed() ? 1 : 0);
        return new Affine(
                (float) Math.min(one, other), (float) Math.max(one, other), (float) (slope * factor), (float) shift);
    }

    /// The sample that becomes `value`, as a function; without the range.
    Affine inverse() {
        return new Affine(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 1 / scale, -offset / scale);
    }

    float apply(float sample) {
        return Math.min(Math.max(sample, low), high) * scale + offset;
    }

    /// Changes the first `count` samples.
    void apply(float[] samples, int count) {
        for (int i = 0; i < count; i++) {
            samples[i] = Math.min(Math.max(samples[i], low), high) * scale + offset;
        }
    }
}
