// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.stress.soak;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.fastpipeline.core.graph.Completion;
import org.fastpipeline.core.graph.In;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.Sink;
import org.fastpipeline.core.graph.Step;

/// A sink that keeps what it gets in memory, for one run.
final class Collector<T> extends Sink<List<T>> {
    final In<T> value;

    private final List<T> values = Collections.synchronizedList(new ArrayList<>());
    private final Ledger ledger;

    private Collector(Class<T> type, Ledger ledger) {
        this.value = in("value", type);
        this.ledger = ledger;
    }

    static <T> Collector<T> of(Out<T> port, Ledger ledger) {
        Collector<T> collector = new Collector<>(port.type(), ledger);
        collector.value.from(port);
        return collector;
    }

    /// What came, in order.
    List<T> values() {
        return List.copyOf(values);
    }

    @Override
    public List<T> open() {
        ledger.stateOpened();
        return values;
    }

    @Override
    public void execute(List<T> state, Step step) {
        state.add(step.get(value));
    }

    @Override
    public void close(List<T> state, Completion completion) {
        ledger.stateClosed();
    }
}
