// SPDX-License-Identifier: Apache-2.0

/** Programs that a newcomer reads first. */
@org.jspecify.annotations.NullMarked
module org.fastpipeline.examples {
    requires org.fastpipeline.core;
    requires org.fastpipeline.vision;
    requires static org.jspecify;
}
