// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

/// The channels of a pixel, in memory order.
public enum ChannelOrder {
    /// One channel.
    GREY(1),
    /// Two components of one quantity, such as x and y of a motion.
    XY(2),
    /// Red, green, blue.
    RGB(3),
    /// Blue, green, red.
    BGR(3),
    /// Red, green, blue, opacity.
    RGBA(4);

    private final int channels;

    ChannelOrder(int channels) {
        this.channels = channels;
    }

    /// Number of channels.
    public int channels() {
        return channels;
    }
}
