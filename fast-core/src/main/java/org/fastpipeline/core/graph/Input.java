// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.graph;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.fastpipeline.core.error.WrongUseException;

/// A place where a node reads, fed by outputs of other nodes.
///
/// Wiring is done by one thread, before the graph is built.
///
/// @param <T> what it reads
public abstract sealed class Input<T> permits In, Ins {
    private final ProcessObject owner;
    private final String name;
    private final Class<T> type;
    private final int position;
    private final Need need;
    private final String doc;
    private final List<Out<? extends T>> feeds = new ArrayList<>();

    /// What a node accepts on an input.
    public enum Need {
        /// Must be connected; the node runs on values only.
        VALUE,
        /// May be left unconnected; the node runs on values only.
        OPTIONAL,
        /// Must be connected; the node sees skipped and failed outcomes too.
        OUTCOME
    }

    Input(ProcessObject owner, String name, Class<T> type, int position, Need need, String doc) {
        this.owner = owner;
        this.name = name;
        this.type = type;
        this.position = position;
        this.need = need;
        this.doc = doc;
    }

    /// Connects an output whose type only the run time knows, as text pipelines do; where the compiler knows it, `from`
    /// is the better way.
    ///
    /// @throws WrongUseException if the output carries something else than is read here
    public final void connect(Out<?> out) {
        feed(out.as(type)
                .orElseThrow(() -> new WrongUseException(
                        toString(),
                        "met " + out + ", which carries " + out.type().getSimpleName() + "; needed an output of "
                                + type.getSimpleName(),
                        "Connect one of that type")));
    }

    final void feed(Out<? extends T> out) {
        feeds.add(out);
    }

    /// The node that reads here.
    public final ProcessObject owner() {
        return owner;
    }

    /// Name of the port, unique among the node's inputs.
    public final String name() {
        return name;
    }

    /// What it reads.
    public final Class<T> type() {
        return type;
    }

    /// Place among the node's inputs, from 0.
    public final int position() {
        return position;
    }

    /// What the node accepts here.
    public final Need need() {
        return need;
    }

    /// What it reads, in one sentence; empty if nobody said.
    public final String doc() {
        return doc;
    }

    /// The outputs that feed it, in the order they were connected.
    public final ImmutableList<Out<? extends T>> feeds() {
        return ImmutableList.copyOf(feeds);
    }

    @Override
    public final String toString() {
        return owner.name() + "." + name;
    }
}
