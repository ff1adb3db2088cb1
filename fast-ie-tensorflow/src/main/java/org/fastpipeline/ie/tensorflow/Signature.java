// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.primitives.ImmutableLongArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The named inputs and outputs that a SavedModel declares, sorted by name.
///
/// @param inputs the inputs
/// @param outputs the outputs
record Signature(ImmutableSortedMap<String, Info> inputs, ImmutableSortedMap<String, Info> outputs) {
    // fields of MetaGraphDef, of a map's entries, of SignatureDef, TensorInfo, TensorShapeProto and its Dim
    private static final int SIGNATURES = 5;
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int INPUTS = 1;
    private static final int OUTPUTS = 2;
    private static final int NAME = 1;
    private static final int SHAPE = 3;
    private static final int DIMENSIONS = 2;
    private static final int UNKNOWN_RANK = 3;
    private static final int SIZE = 1;

    /// What is declared of one of them.
    ///
    /// @param tensor name in the graph, as `operation:index`
    /// @param sizes its sizes, -1 where unknown; empty if not even their number is known
    record Info(String tensor, Optional<ImmutableLongArray> sizes) {}

    /// All signatures of a serialized MetaGraphDef, by name.
    ///
    /// @throws IOException if it cannot be decoded
    static ImmutableSortedMap<String, Signature> all(byte[] metaGraph) throws IOException {
        ImmutableSortedMap.Builder<String, Signature> all = ImmutableSortedMap.naturalOrder();
        for (Message entry : Message.of(ByteBuffer.wrap(metaGraph)).messages(SIGNATURES)) {
            Message signature = entry.message(VALUE);
            all.put(entry.text(KEY), new Signature(infos(signature, INPUTS), infos(signature, OUTPUTS)));
        }
        return all.buildOrThrow();
    }

    private static ImmutableSortedMap<String, Info> infos(Message signature, int field) throws IOException {
        ImmutableSortedMap.Builder<String, Info> infos = ImmutableSortedMap.naturalOrder();
        for (Message entry : signature.messages(field)) {
            Message info = entry.message(VALUE);
            infos.put(entry.text(KEY), new Info(info.text(NAME), sizes(info)));
        }
        return infos.buildOrThrow();
    }

    private static Optional<ImmutableLongArray> sizes(Message info) throws IOException {
        Message shape = info.message(SHAPE);
        if (!info.parts().containsKey(SHAPE) || shape.number(UNKNOWN_RANK) != 0) {
            return Optional.empty();
        }
        ImmutableLongArray.Builder sizes = ImmutableLongArray.builder();
        for (Message dimension : shape.messages(DIMENSIONS)) {
            sizes.add(dimension.number(SIZE));
        }
        return Optional.of(sizes.build());
    }
}
