// SPDX-License-Identifier: Apache-2.0
/// The rules of the house, as tests: what core may depend on, what its types look like, how source files are kept.
@NullMarked
package org.fastpipeline.core.house;

import org.jspecify.annotations.NullMarked;
