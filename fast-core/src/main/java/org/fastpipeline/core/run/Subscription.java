// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.graph.Out;

/// A standing wish for the values of some ports, frame by frame.
///
/// Its frames are those of the deepest domain among the ports; ports of enclosing domains show the enclosing
/// frame's value.
///
/// Somebody who comes and goes, such as a window, has a subscription that is [#late]: it takes part between
/// [Run#join] and [Run#leave], and costs nothing meanwhile but what is static.
///
/// @param ports what is wanted
/// @param delivery which frames
/// @param joined whether it takes part from the start
public record Subscription(ImmutableList<Out<?>> ports, Delivery delivery, boolean joined) {
    /// Which frames a subscriber gets.
    public enum Delivery {
        /// Each one, in order; a slow subscriber slows the stream.
        EVERY,
        /// The newest that is done when it asks; others are dropped and counted, or not computed at all. It never
        /// goes back, and ends with the last frame of the stream.
        NEWEST,
        /// As newest; and for who waits while a frame's folds still gather, copies of what they have so far, marked
        /// by [Frame#isSnapshot].
        SNAPSHOTS
    }

    /// Every frame of the ports.
    public static Subscription every(Out<?>... ports) {
        return new Subscription(ImmutableList.copyOf(ports), Delivery.EVERY, true);
    }

    /// Only the newest frame of the ports.
    public static Subscription newest(Out<?>... ports) {
        return new Subscription(ImmutableList.copyOf(ports), Delivery.NEWEST, true);
    }

    /// The newest frame of the ports, which folds fill, with snapshots of the folds while they gather.
    public static Subscription snapshots(Out<?>... ports) {
        return new Subscription(ImmutableList.copyOf(ports), Delivery.SNAPSHOTS, true);
    }

    /// This subscription, taking part only once somebody joins it.
    public Subscription late() {
        return new Subscription(ports, delivery, false);
    }

    boolean isNewestOnly() {
        return delivery != Delivery.EVERY;
    }
}
