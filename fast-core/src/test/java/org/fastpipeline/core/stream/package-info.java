// SPDX-License-Identifier: Apache-2.0
/// What streams promise, behaviour by behaviour.
@NullMarked
package org.fastpipeline.core.stream;

import org.jspecify.annotations.NullMarked;
