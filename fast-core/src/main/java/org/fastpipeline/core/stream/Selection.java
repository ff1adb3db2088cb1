// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.stream;

import java.util.OptionalLong;
import org.fastpipeline.core.graph.Next;

/// Some frames of another recording.
///
/// @param all the recording, closed with this one
/// @param start place of the first frame
/// @param stepSize distance between frames
record Selection<K>(Recording<K> all, long start, long stepSize) implements Recording<K> {
    @Override
    public Next<K> at(long place) throws Exception {
        return all.at(start + place * stepSize);
    }

    @Override
    public OptionalLong count() {
        return all.count().isPresent()
                ? OptionalLong.of(Math.ceilDiv(Math.max(0, all.count().getAsLong() - start), stepSize))
                : OptionalLong.empty();
    }

    @Override
    public void discard(K key) {
        all.discard(key);
    }

    @Override
    public void close() {
        all.close();
    }
}
