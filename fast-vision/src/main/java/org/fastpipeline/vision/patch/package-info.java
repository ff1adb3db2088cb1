// SPDX-License-Identifier: Apache-2.0
/// Cuts images, volumes and slides into patches, a stream below each of them, and puts together what became of the
/// patches.
@NullMarked
package org.fastpipeline.vision.patch;

import org.jspecify.annotations.NullMarked;
