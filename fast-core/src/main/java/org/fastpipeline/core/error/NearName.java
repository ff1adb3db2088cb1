// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What to say of a name that is not known: the one that was probably meant, or all there are.
public final class NearName {
    private static final int LONGEST = 60;
    private static final int MOST_LISTED = 12;
    private static final int LETTERS_PER_SLIP = 3;

    private NearName() {}

    /// The known name that `met` is most likely a slip of: at most one letter in three wrong, left out, too many or
    /// swapped with its neighbour (optimal string alignment), whatever their case.
    public static Optional<String> of(String met, Collection<String> known) {
        Optional<String> nearest = Optional.empty();
        int fewest = Math.max(1, met.length() / LETTERS_PER_SLIP) + 1;
        for (String name : met.length() <= LONGEST ? known : List.<String>of()) {
            int slips = name.length() <= LONGEST ? slips(lower(met), lower(name)) : fewest;
            if (slips < fewest) {
                fewest = slips;
                nearest = Optional.of(name);
            }
        }
        return nearest;
    }

    /// A sentence without a full stop, or with a question mark: `Did you mean 'frames'?`, or else what there is.
    public static String remedy(String met, Collection<String> known) {
        return of(met, known).map(name -> "Did you mean '" + name + "'?").orElseGet(() -> listed(known));
    }

    private static String listed(Collection<String> known) {
        if (known.isEmpty()) {
            return "There is none";
        }
        String some = String.join(", ", known.stream().limit(MOST_LISTED).toList());
        return "There " + (known.size() == 1 ? "is " : "are ") + some
                + (known.size() > MOST_LISTED ? " and " + (known.size() - MOST_LISTED) + " more" : "");
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static int slips(String met, String name) {
        int[] twoBefore = new int[name.length() + 1];
        int[] before = new int[name.length() + 1];
        int[] now = new int[name.length() + 1];
        Arrays.setAll(before, i -> i);
        for (int i = 1; i <= met.length(); i++) {
            now[0] = i;
            for (int j = 1; j <= name.length(); j++) {
                int wrong = met.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1;
                now[j] = Math.min(before[j - 1] + wrong, Math.min(before[j], now[j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && met.charAt(i - 1) == name.charAt(j - 2)
                        && met.charAt(i - 2) == name.charAt(j - 1);
                if (swapped) {
                    now[j] = Math.min(now[j], twoBefore[j - 2] + 1);
                }
            }
            int[] free = twoBefore;
            twoBefore = before;
            before = now;
            now = free;
        }
        return before[name.length()];
    }
}
