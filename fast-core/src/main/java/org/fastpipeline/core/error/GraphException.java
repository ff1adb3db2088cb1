// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import java.util.List;

/// The graph, or the text that describes one, cannot be run; carries every fault found, not only the first.
public final class GraphException extends FastException {
    private final transient List<Fault> faults;

    /// @param faults everything wrong with the graph, in node order
    public GraphException(List<Fault> faults) {
        this("The graph", faults);
    }

    /// @param what what has the faults: the graph, or the file that describes it
    /// @param faults everything wrong with it, in its order
    public GraphException(String what, List<Fault> faults) {
        super(describe(what, faults), null);
        this.faults = List.copyOf(faults);
    }

    /// Everything wrong with the graph, in node order.
    public List<Fault> faults() {
        return faults;
    }

    private static String describe(String what, List<Fault> faults) {
        StringBuilder text = new StringBuilder(what)
                .append(" has ")
                .append(faults.size())
                .append(faults.size() == 1 ? " fault:" : " faults:");
        faults.forEach(fault -> text.append("\n  ").append(fault));
        return text.toString();
    }
}
