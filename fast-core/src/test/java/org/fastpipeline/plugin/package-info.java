// SPDX-License-Identifier: Apache-2.0
/// Engines for the tests of plugin folders; packed into jars, so that they are loaded there and not here.
@NullMarked
package org.fastpipeline.plugin;

import org.jspecify.annotations.NullMarked;
