// SPDX-License-Identifier: Apache-2.0
/// The soak: many varied runs for minutes or hours, after which nothing may be left over and memory may not have grown.
@NullMarked
package org.fastpipeline.stress.soak;

import org.jspecify.annotations.NullMarked;
