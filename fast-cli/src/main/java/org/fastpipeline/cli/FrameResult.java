// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableMap;

/// What came out of one frame: its row of `frames.csv`.
///
/// @param frame number of the frame, from 0
/// @param cells the row, by column; cells of a frame that failed may be empty
record FrameResult(long frame, ImmutableMap<String, String> cells) {
    /// What stands in `column`; empty if there is no such column.
    String cell(String column) {
        return cells.getOrDefault(column, "");
    }
}
