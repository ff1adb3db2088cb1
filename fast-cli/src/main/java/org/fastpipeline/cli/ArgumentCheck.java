// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.Collection;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// What arguments must be, beyond what their types say.
final class ArgumentCheck {
    private ArgumentCheck() {}

    /// Fails if one of the `values` of argument `name`, which are paths, is blank: it would mean the current
    /// folder, and comes from a variable that is not set.
    static void notEmpty(CommandSpec spec, String name, Collection<?> values) {
        if (values.stream().anyMatch(value -> value.toString().isBlank())) {
            throw new ParameterException(
                    spec.commandLine(),
                    name + ": met an empty text; needed a path. Look for a variable that is not set, or say '.'.");
        }
    }

    /// Fails if `value` of option `name` is out of its range.
    static void within(CommandSpec spec, String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), name + ": met " + value + "; needed " + least + " to " + most + ".");
        }
    }

    /// Fails if `value` of option `name` is not more than 0, or more than `most`, or no number.
    ///
    /// @param unit said after the numbers; may be empty
    static void positive(CommandSpec spec, String name, double value, int most, String unit) {
        if (!(value > 0 && value <= most)) {
            throw new ParameterException(
                    spec.commandLine(),
                    name + ": met " + value + "; needed more than 0 and at most " + (most + " " + unit).strip() + ".");
        }
    }
}
