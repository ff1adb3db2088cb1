// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.vision.capillary;

import com.google.common.collect.ImmutableList;

/// The pixels of each capillary of one frame, in the order of the [ScoredBoxes]; no pixel belongs to two.
///
/// @param masks one for each capillary; one without pixels is that of a box in which no vessel stands out
public record CapillaryMasks(ImmutableList<CapillaryMask> masks) {}
