// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.run;

/// What a piece of work is to its node.
enum Role {
    /// A source or restream begins a stream below a frame.
    OPEN,
    /// A source fills a frame of its stream.
    LOAD,
    /// A restream's frame, filled before it is admitted.
    MERGE,
    /// A stateless node works on a frame.
    STATELESS,
    /// A stateful node works on a frame, in order.
    STATEFUL,
    /// A fold takes a child in, in order.
    ADD,
    /// A fold gives its result to the parent.
    FINISH,
    /// A restream may take a frame, in order.
    TAKE,
    /// A sink takes a frame, in order, once all before it are through.
    SINK,
    /// A subscriber gets a frame, in order, once all before it are through.
    DELIVER;

    /// Whether frames pass one at a time, in order.
    boolean isOrdered() {
        return this == STATEFUL || this == ADD || this == TAKE;
    }

    /// Whether it is what its node does for a frame in the end: fills its outputs, or takes it in for good.
    boolean makesResult() {
        return this != OPEN && this != ADD && this != TAKE && this != DELIVER;
    }

    /// Whether it happens after a frame is complete rather than being part of its completion.
    boolean isObserver() {
        return this == SINK || this == DELIVER;
    }
}
