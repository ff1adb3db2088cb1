// SPDX-License-Identifier: Apache-2.0
/// Programs that a newcomer reads first; each is run by a test.
@NullMarked
package org.fastpipeline.examples;

import org.jspecify.annotations.NullMarked;
