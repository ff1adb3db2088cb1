// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fastpipeline.core.error.NearName;

/// Puts values for `${name}`; `$$` is a dollar sign.
///
/// In defaults the variables above may stand; a value that is given is put as it is.
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
        values.put(HERE, Optional.of(here));
        definition.variables().forEach((name, variable) -> {
            values.put(name, Optional.ofNullable(given.get(name)).or(() -> variable.fallback()
                    .flatMap(this::expand)));
            if (needed && !given.containsKey(name) && variable.fallback().isEmpty()) {
                faults.add(
                        variable.place(),
                        "variable '" + name + "' has no value",
                        "one, for it has no default",
                        "Give it, on the command line with --set " + name + "=VALUE, or write a default");
            }
        });
        for (String name : given.keySet()) {
            if (!definition.variables().containsKey(name)) {
                faults.add(
                        Place.START,
                        "a value is given for variable '" + name + "', which the file does not declare",
                        "values for variables of the file",
                        NearName.remedy(name, definition.variables().keySet()));
            }
        }
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
            int end = text.startsWith("${", at) ? text.indexOf('}', at) : at;
            if (end < 0) {
                faults.add(
                        scalar.place(),
                        "'" + start(text.substring(at)) + "' has no closing brace",
                        "${NAME}",
                        "Close it, or write $$ for a dollar sign");
                return Optional.empty();
            } else if (end > at) {
                Optional<String> value = value(text.substring(at + 2, end), scalar);
                value.ifPresent(result::append);
                known &= value.isPresent();
                at = end + 1;
            } else {
                result.append(text.charAt(at));
                at += text.startsWith("$$", at) ? 2 : 1;
            }
            if (isTooLong(result, scalar)) {
                return Optional.empty();
            }
        }
        expanded += result.length();
        return known ? Optional.of(result.toString()) : Optional.empty();
    }

    /// A few lines could ask for gigabytes.
    private boolean isTooLong(StringBuilder text, Yaml.Scalar scalar) {
        boolean tooLong = text.length() > LONGEST || expanded + text.length() > MOST;
        if (tooLong) {
            faults.add(
                    scalar.place(),
                    "more text than any pipeline needs, by way of variables",
                    "values of at most " + LONGEST + " characters",
                    "Shorten the variables");
        }
        return tooLong;
    }

    private Optional<String> value(String name, Yaml.Scalar in) {
        Optional<String> value = values.get(name);
        if (value == null) {
            List<String> known = new ArrayList<>(values.keySet());
            faults.add(
                    in.place(),
                    "variable '" + start(name) + "', which is not declared above",
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
