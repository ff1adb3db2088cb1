// SPDX-License-Identifier: Apache-2.0
/// The moving side of a pipeline: runs, frames, subscriptions and the executor behind them.
@NullMarked
package org.fastpipeline.core.run;

import org.jspecify.annotations.NullMarked;
