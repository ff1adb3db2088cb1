// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.fastpipeline.render;

import org.jspecify.annotations.NullMarked;
