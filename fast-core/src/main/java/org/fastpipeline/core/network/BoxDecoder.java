// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.network;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.data.Box;
import org.fastpipeline.core.data.Detection;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.ImageSpec;
import org.fastpipeline.core.data.Tensor;
import org.fastpipeline.core.error.WrongUseException;

/// Reads boxes from grids as YOLO networks give them (Redmon and Farhadi: YOLOv3, 2018, section 2.1).
///
/// A cell of the grid has for each anchor x, y, width, height, objectness and a value per class, in this order. With
/// s the sigmoid function, the centre lies at s(x) and s(y) from the cell's upper left corner, in cells; the size is
/// the anchor's times exp(width) and exp(height); the score is s(objectness) times s of the highest class.
///
/// @param anchors sizes of boxes per grid
/// @param threshold least score of what is kept
/// @param fit how the image lay in what the network read; grids cover that
record BoxDecoder(Anchors anchors, double threshold, Fit fit) {
    private static final int BOX = 5;

    /// What lies in the image, in the order of grids, rows, columns and anchors.
    ///
    /// @param grids per level of the anchors a tensor F32 (H, W, C)
    /// @param where what errors are to call it
    ImmutableList<Detection> decode(List<Tensor> grids, String where) {
        if (grids.size() != anchors.levels().size()) {
            throw new WrongUseException(
                    where,
                    "met " + grids.size() + " grids and anchors for "
                            + anchors.levels().size() + "; needed as many",
                    "Give anchors for each output");
        }
        ImmutableList.Builder<Detection> found = ImmutableList.builder();
        for (int level = 0; level < grids.size(); level++) {
            decode(grids.get(level), anchors.levels().get(level), where, found);
        }
        return found.build();
    }

    private void decode(Tensor grid, List<Anchors.Anchor> sizes, String where, ImmutableList.Builder<Detection> found) {
        Block block = Block.of(grid.spec(), where);
        int values = block.channels() / sizes.size();
        if (grid.spec().type() != ElementType.F32
                || block.depth() != 1
                || values <= BOX
                || values * sizes.size() != block.channels()) {
            throw new WrongUseException(
                    where,
                    "met " + grid.spec() + " for " + sizes.size() + " anchors; needed F32 with " + BOX
                            + " channels and one or more classes for each anchor",
                    "Correct the anchors");
        }
        float[] row = new float[block.rowElements()];
        for (int y = 0; y < block.height(); y++) {
            Rows.read(grid.elements(), ElementType.F32, block.row(y, 0, 0) * Float.BYTES, row, row.length);
            for (int x = 0; x < block.width(); x++) {
                for (int a = 0; a < sizes.size(); a++) {
                    int first = (x * sizes.size() + a) * values;
                    detection(row, first, values, block, x, y, sizes.get(a)).ifPresent(found::add);
                }
            }
        }
    }

    private Optional<Detection> detection(
            float[] row, int first, int values, Block grid, int x, int y, Anchors.Anchor anchor) {
        int best = first + BOX;
        for (int at = best + 1; at < first + values; at++) {
            if (row[at] > row[best]) {
                best = at;
            }
        }
        double score = sigmoid(row[first + 4]) * sigmoid(row[best]);
        if (!(score >= threshold)) {
            return Optional.empty();
        }
        // The grid is mirrored back already, the place within a cell is not.
        double across = fit.flipped() ? 1 - sigmoid(row[first]) : sigmoid(row[first]);
        double centreX = (x + across) * fit.width() / grid.width() * fit.scaleX();
        double centreY = (y + sigmoid(row[first + 1])) * fit.height() / grid.height() * fit.scaleY();
        double width = anchor.width() * Math.exp(row[first + 2]) * fit.scaleX();
        double height = anchor.height() * Math.exp(row[first + 3]) * fit.scaleY();
        int label = best - first - BOX + 1;
        return box(centreX, centreY, width, height).map(box -> new Detection(box, label, score));
    }

    private static double sigmoid(double value) {
        return 1 / (1 + Math.exp(-value));
    }

    /// The box in whole pixels, cut at the border of the image; nothing if no pixel is left.
    private Optional<Box> box(double centreX, double centreY, double width, double height) {
        ImageSpec image = fit.image();
        int left = edge(centreX - width / 2, image.width());
        int right = edge(centreX + width / 2, image.width());
        int top = edge(centreY - height / 2, image.height());
        int bottom = edge(centreY + height / 2, image.height());
        return right > left && bottom > top
                ? Optional.of(new Box(left, top, right - left, bottom - top))
                : Optional.empty();
    }

    private static int edge(double place, int size) {
        return (int) Math.clamp(Math.floor(place + 0.5), 0, size);
    }
}
