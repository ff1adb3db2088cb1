// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

/// An input fed by one output.
///
/// @param <T> what it reads
public final class In<T> extends Input<T> {
    In(ProcessObject owner, String name, Class<T> type, int position, Need need, String doc) {
        super(owner, name, type, position, need, doc);
    }

    /// Connects this input to `out`; a second connection is a fault of the graph.
    public void from(Out<? extends T> out) {
        feed(out);
    }
}
