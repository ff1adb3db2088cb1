// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

/// Where in a view a text, plot or legend stands. What comes to one corner is stacked, in the order of the layers.
public enum Corner {
    TOP_LEFT,
    TOP_RIGHT,
    BOTTOM_LEFT,
    BOTTOM_RIGHT;

    boolean isLeft() {
        return this == TOP_LEFT || this == BOTTOM_LEFT;
    }

    boolean isTop() {
        return this == TOP_LEFT || this == TOP_RIGHT;
    }
}
