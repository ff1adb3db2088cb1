// SPDX-License-Identifier: Apache-2.0
/// One stream of measurements per execution: Java Flight Recorder reads it, and so does the summary of a run.
@NullMarked
package org.fastpipeline.core.measure;

import org.jspecify.annotations.NullMarked;
