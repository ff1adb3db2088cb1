// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fastpipeline.core.error.NearName;

/// Puts values for `${name}`; `$$` is a dollar sign. A value is put as it is: nothing in it is looked up again.
final class Variables {
    /// The folder of the file.
    static final String HERE = "here";

    private static final int LONGEST = 65_536;
    private static final int MOST = 4_000_000;

    private final Map<String, Optional<String>> values = new LinkedHashMap<>();
    private final Faults faults;
    private long expanded;

    /// @param here value of the variable that every file has
    /// @param given values that go before the defaults
    /// @param needed whether variables without default must be given
    Variables(Definition definition, String here, Map<String, String> given, boolean needed, Faults faults) {
        this.faults = faults;
        definition.variables().forEach((name, variable) -> {
            Optional<String> value = Optional.ofNullable(given.get(name)).or(variable::fallback);
            values.put(name, value);
            if (needed && value.isEmpty()) {
                faults.add(
                        variable.place(),
                        "variable '" + name + "' has no value",
                        "one, for it has no default",
                        "Give it, on the command line with --set " + name + "=VALUE, or write a default");
            }
        });
        for (String name : given.keySet()) {
            if (!values.containsKey(name)) {
                faults.add(
                        Place.START,
                        "a value is given for variable '" + name + "', which the file does not declare",
                        "values for variables of the file",
                        NearName.remedy(name, definition.variables().keySet()));
            }
        }
        values.put(HERE, Optional.of(here));
    }

    /// The text with all values put in; nothing if one of them is not known, or on a fault.
    Optional<String> expand(Yaml.Scalar scalar) {
        String text = scalar.text();
        if (text.indexOf('$') < 0) {
            return Optional.of(text);
        }
        StringBuilder result = new StringBuilder();
        boolean known = true;
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$$", at)) {
                result.append('$');
                at += 2;
            } else if (text.startsWith("${", at)) {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    faults.add(
                            scalar.place(),
                            "'" + start(text.substring(at)) + "' has no closing brace",
                            "${NAME}",
                            "Close it, or write $$ for a dollar sign");
                    return Optional.empty();
                }
                Optional<String> value = value(text.substring(at + 2, end), scalar);
                value.ifPresent(result::append);
                known &= value.isPresent();
                at = end + 1;
            } else {
                result.append(text.charAt(at++));
            }
            if (result.length() > LONGEST || expanded + result.length() > MOST) {
                faults.add(
                        scalar.place(),
                        "more text than any pipeline needs, by way of variables",
                        "values of at most " + LONGEST + " characters",
                        "Shorten the variables");
                return Optional.empty();
            }
        }
        expanded += result.length();
        return known ? Optional.of(result.toString()) : Optional.empty();
    }

    private Optional<String> value(String name, Yaml.Scalar in) {
        Optional<String> value = values.get(name);
        if (value == null) {
            List<String> known = new ArrayList<>(values.keySet());
            faults.add(
                    in.place(),
                    "variable '" + start(name) + "', which the file does not declare",
                    "the name of a variable",
                    NearName.remedy(name, known));
            return Optional.empty();
        }
        return value;
    }

    private static String start(String text) {
        int most = 40;
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }
}
