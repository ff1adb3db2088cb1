// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.plugin;

import org.fastpipeline.core.inference.Engines;

/// Prints what engines are found on the path that it was started with.
public final class ListEngines {
    private ListEngines() {}

    /// Prints a line for each.
    public static void main(String[] arguments) {
        Engines.find().reports().forEach(report -> System.out.println(report.location() + ": " + report));
    }
}
