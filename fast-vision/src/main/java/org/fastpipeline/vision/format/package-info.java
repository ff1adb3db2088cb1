// SPDX-License-Identifier: Apache-2.0
/// What an image file says of itself, and whether all of it is there, read before any decoder touches it.
///
/// Readers of PNG, JPEG, BMP, TIFF, PNM and MetaImage headers with bounds checks; whatever they meet ends in an
/// [InputException][org.fastpipeline.core.error.InputException].
@NullMarked
package org.fastpipeline.vision.format;

import org.jspecify.annotations.NullMarked;
