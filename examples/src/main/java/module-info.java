// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// Programs that a newcomer reads first.
@NullMarked
module org.fastpipeline.examples {
    requires org.fastpipeline.core;
    requires com.google.common;
    requires org.fastpipeline.render;
    requires org.fastpipeline.vision;
    requires static org.jspecify;
}
