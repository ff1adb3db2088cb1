// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.graph.Out;

/// A standing wish for the values of some ports, frame by frame.
///
/// Its frames are those of the deepest domain among the ports; ports of enclosing domains show the enclosing frame's
/// value.
///
/// @param ports what is wanted
/// @param delivery which frames
public record Subscription(ImmutableList<Out<?>> ports, Delivery delivery) {
    /// Which frames a subscriber gets.
    public enum Delivery {
        /// Each one, in order; a slow subscriber slows the stream.
        EVERY,
        /// The newest that is done when it asks; others are dropped and counted, or not computed at all.
        NEWEST
    }

    /// Every frame of the ports.
    public static Subscription every(Out<?>... ports) {
        return new Subscription(ImmutableList.copyOf(ports), Delivery.EVERY);
    }

    /// Only the newest frame of the ports.
    public static Subscription newest(Out<?>... ports) {
        return new Subscription(ImmutableList.copyOf(ports), Delivery.NEWEST);
    }
}
