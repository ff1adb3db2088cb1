// SPDX-License-Identifier: Apache-2.0
/// Faults put into runs on purpose.
@NullMarked
package org.fastpipeline.core.fault;

import org.jspecify.annotations.NullMarked;
