// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import org.fastpipeline.core.data.Metadata;

/// What a source's cursor has next.
///
/// @param <K> the source's key
public sealed interface Next<K> {
    /// One more frame.
    ///
    /// @param key what to load, cheap to hold
    /// @param metadata what is known of the frame, such as [Metadata#INDEX]
    record Item<K>(K key, Metadata metadata) implements Next<K> {}

    /// No more frames.
    record End<K>() implements Next<K> {}
}
