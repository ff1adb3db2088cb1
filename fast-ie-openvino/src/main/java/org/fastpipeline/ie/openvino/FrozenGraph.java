// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.Set;
import java.util.TreeSet;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.ProtobufFields;

/// What a TensorFlow graph says itself, as `graph.proto` and `node_def.proto` number it.
final class FrozenGraph {
    private static final int NODE = 1;
    private static final int NAME_OF_NODE = 1;
    private static final int INPUT_OF_NODE = 3;

    private FrozenGraph() {}

    /// Names of the operations whose results no other uses.
    static ImmutableSortedSet<String> ends(ModelSource source) {
        try (Arena arena = Arena.ofConfined();
                FileChannel file = FileChannel.open(source.path())) {
            Set<String> all = new TreeSet<>();
            Set<String> used = new TreeSet<>();
            MemorySegment bytes = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena);
            for (ProtobufFields graph = new ProtobufFields(bytes); graph.next(); ) {
                if (graph.number() == NODE) {
                    add(graph.content(), all, used);
                }
            }
            return ImmutableSortedSet.copyOf(Sets.difference(all, used));
        } catch (IOException unreadable) {
            throw new ModelException(
                    source.name(), "cannot be read: " + unreadable, "Look at the file's rights", unreadable);
        }
    }

    /// Inputs are written `name` or `name:1`; `^name` only has to be before.
    private static void add(MemorySegment node, Set<String> all, Set<String> used) {
        for (ProtobufFields fields = new ProtobufFields(node); fields.next(); ) {
            if (fields.number() == NAME_OF_NODE) {
                all.add(fields.text());
            } else if (fields.number() == INPUT_OF_NODE) {
                used.add(fields.text().replaceFirst(":[0-9]+$", ""));
            }
        }
    }
}
