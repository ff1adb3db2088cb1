// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fastpipeline.core.error.Fault;
import org.fastpipeline.core.error.GraphException;

/// Gathers what is wrong with a file, so that all of it is told at once.
final class Faults {
    private static final int MOST = 50;

    private final String file;
    private final List<Placed> faults = new ArrayList<>();
    private long untold;

    private record Placed(Place place, Fault fault) {}

    Faults(String file) {
        this.file = file;
    }

    void add(Place place, String met, String needed, String remedy) {
        if (faults.size() < MOST) {
            faults.add(new Placed(place, new Fault(file + ":" + place, met, needed, remedy)));
        } else {
            untold++;
        }
    }

    /// @throws GraphException with all of them, if there are any
    void throwIfAny() {
        if (!faults.isEmpty()) {
            throw exception();
        }
    }

    /// All of them, in the order of the file.
    GraphException exception() {
        List<Fault> told = new ArrayList<>();
        faults.stream().sorted(Comparator.comparing(Placed::place)).forEach(fault -> told.add(fault.fault));
        if (untold > 0) {
            told.add(new Fault(file, "and " + untold + " more", "none", "Mend these first"));
        }
        return new GraphException(file, told);
    }

    /// Ends the reading at once: what follows would make no sense.
    GraphException last(Place place, String met, String needed, String remedy) {
        add(place, met, needed, remedy);
        return exception();
    }
}
