// SPDX-License-Identifier: Apache-2.0
/// Capillary density from frames of skin microcirculation, in small nodes that can be used apart.
///
/// Background, regions of interest, crops for a classifier, contours and density, pictures and tables;
/// [CapillaryPipeline][org.fastpipeline.vision.capillary.CapillaryPipeline] joins them.
@NullMarked
package org.fastpipeline.vision.capillary;

import org.jspecify.annotations.NullMarked;
