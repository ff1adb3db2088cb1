// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.Locale;

/// The label images that are wanted.
enum LabelFiles {
    /// As PNG files.
    PNG,
    /// As MetaImages.
    MHD,
    /// None.
    NONE;

    /// As it is written on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
