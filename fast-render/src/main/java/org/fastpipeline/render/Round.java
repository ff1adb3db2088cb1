// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.Locale;

/// Numbers that people like to read.
final class Round {
    private static final double[] STEPS = {5, 2, 1};
    private static final int DIGITS = 6;
    private static final String[] UNITS = {"mm", "µm", "nm"};

    private Round() {}

    /// The greatest of 1, 2 and 5, times a power of ten, that is not above `value`.
    ///
    /// @param value above 0
    static double down(double value) {
        int power = (int) Math.floor(Math.log10(value));
        for (double step : STEPS) {
            double round = step * Math.pow(10, power);
            if (round <= value) {
                return round;
            }
        }
        return 5 * Math.pow(10, power - 1);
    }

    /// A length that is such a number, with the unit in which it is a whole number.
    ///
    /// @param millimetres not below a picometre
    static String length(double millimetres) {
        double number = millimetres;
        int unit = 0;
        while (number < 1 - 1e-9 && unit < UNITS.length - 1) {
            number *= 1000;
            unit++;
        }
        return number(number, number) + " " + UNITS[unit];
    }

    /// A number, exact to `step`.
    static String number(double value, double step) {
        int decimals = (int) Math.ceil(-Math.log10(step) - 1e-9);
        if (decimals > DIGITS || Math.abs(value) >= Math.pow(10, DIGITS)) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        return String.format(Locale.ROOT, "%." + Math.max(0, decimals) + "f", value + 0.0);
    }
}
