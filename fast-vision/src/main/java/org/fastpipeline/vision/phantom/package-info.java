// SPDX-License-Identifier: Apache-2.0
/// Phantoms: synthetic frames with the truth of what was drawn, the same on every machine for the same seed.
@NullMarked
package org.fastpipeline.vision.phantom;

import org.jspecify.annotations.NullMarked;
