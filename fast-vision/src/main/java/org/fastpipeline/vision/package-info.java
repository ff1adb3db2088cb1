// SPDX-License-Identifier: Apache-2.0
/// The catalogue of this module's nodes.
@NullMarked
package org.fastpipeline.vision;

import org.jspecify.annotations.NullMarked;
