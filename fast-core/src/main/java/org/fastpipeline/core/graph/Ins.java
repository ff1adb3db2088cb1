// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

/// An input fed by any number of outputs, read as a list in the order of connection.
///
/// @param <T> what it reads
public final class Ins<T> extends Input<T> {
    Ins(ProcessObject owner, String name, Class<T> type, int position, String doc) {
        super(owner, name, type, position, Need.VALUE, doc);
    }

    /// Connects one more output.
    public void from(Out<? extends T> out) {
        feed(out);
    }
}
