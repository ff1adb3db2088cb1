// SPDX-License-Identifier: Apache-2.0
/// Images, videos and tables in and out of a pipeline.
///
/// Sources make the order cheaply and decode in parallel; encoding is a node of its own, so that sinks only write.
/// A file appears whole or not at all. All paths go through [java.nio.file.Path], so any file system serves.
@NullMarked
package org.fastpipeline.vision.io;

import org.jspecify.annotations.NullMarked;
