// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import com.google.common.base.Splitter;
import com.google.common.primitives.ImmutableLongArray;
import com.google.common.primitives.Longs;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the header of a `.npy` file says: a dictionary as Python writes it.
///
/// @param descr type of an element, such as `<f4`
/// @param isFortranOrder whether the first index is the fastest
/// @param shape size along each dimension
record NpyDictionary(String descr, boolean isFortranOrder, ImmutableLongArray shape) {
    private static final Pattern ENTRY =
            Pattern.compile("\\G\\s*'(\\w+)'\\s*:\\s*(?:'([^']*)'|(True|False)|\\(([0-9,\\s]*)\\))\\s*(?:,|(?=\\}))");
    private static final Pattern END = Pattern.compile("\\s*\\}\\s*");
    private static final Splitter NUMBERS = Splitter.on(',').trimResults();

    /// Reads it.
    ///
    /// @return nothing if it is not exactly of the three entries
    static Optional<NpyDictionary> parse(String text) {
        if (!text.startsWith("{")) {
            return Optional.empty();
        }
        Map<String, String> entries = new HashMap<>();
        int end = 1;
        Matcher matcher = ENTRY.matcher(text).region(1, text.length());
        while (matcher.find()) {
            for (int kind = 2; kind <= matcher.groupCount(); kind++) {
                String value = matcher.group(kind);
                if (value != null && entries.put(matcher.group(1) + kind, value) != null) {
                    return Optional.empty();
                }
            }
            end = matcher.end();
        }
        String descr = entries.get("descr2");
        String order = entries.get("fortran_order3");
        String shape = entries.get("shape4");
        boolean whole = END.matcher(text).region(end, text.length()).matches();
        if (!whole || entries.size() != 3 || descr == null || order == null || shape == null) {
            return Optional.empty();
        }
        return sizes(shape).map(sizes -> new NpyDictionary(descr, order.equals("True"), sizes));
    }

    /// As Python writes a tuple: a comma ends that of one number, and may end any other.
    private static Optional<ImmutableLongArray> sizes(String text) {
        ImmutableLongArray.Builder sizes = ImmutableLongArray.builder();
        String numbers = text.strip();
        if (!numbers.isEmpty()) {
            String inner = numbers.endsWith(",") ? numbers.substring(0, numbers.length() - 1) : numbers;
            for (String number : NUMBERS.split(inner)) {
                Long size = Longs.tryParse(number);
                if (size == null || size < 0) {
                    return Optional.empty();
                }
                sizes.add(size);
            }
        }
        return Optional.of(sizes.build());
    }
}
