// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.fastpipeline.render.gl;

import org.jspecify.annotations.NullMarked;
