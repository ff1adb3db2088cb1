// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.Collection;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Refuses an empty text in place of a path: it would mean the current folder, and comes from a variable that is
/// not set.
final class PathCheck {
    private PathCheck() {}

    /// Fails if one of the `values` of argument `name` is blank.
    static void notEmpty(CommandSpec spec, String name, Collection<?> values) {
        if (values.stream().anyMatch(value -> value.toString().isBlank())) {
            throw new ParameterException(
                    spec.commandLine(),
                    name + ": met an empty text; needed a path. Look for a variable that is not set, or say '.'.");
        }
    }
}
