// SPDX-License-Identifier: Apache-2.0
/// Every error of the framework: one sealed root, one final class per cause, with the facts as fields.
///
/// A message says where it happened, what was met, what was needed and what to do about it.
@NullMarked
package org.fastpipeline.core.error;

import org.jspecify.annotations.NullMarked;
