// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import org.fastpipeline.core.error.WrongUseException;

/// An object that was found in an image.
///
/// @param box where it lies, in pixels of its image
/// @param label what it is: the number of its class, from 1 as in label images, where 0 is the background
/// @param score how sure that is; the higher the surer
public record Detection(Box box, int label, double score) {
    public Detection {
        if (label < 1 || Double.isNaN(score)) {
            throw new WrongUseException(
                    "detection",
                    "met label " + label + " and score " + score + "; needed a label of 1 or more and a number",
                    "Drop what is no object");
        }
    }
}
