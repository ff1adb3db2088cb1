// SPDX-License-Identifier: Apache-2.0
/// What the executor costs, measured with JMH.
@NullMarked
package org.fastpipeline.benchmarks;

import org.jspecify.annotations.NullMarked;
