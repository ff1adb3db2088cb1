// SPDX-License-Identifier: Apache-2.0

/** The commands behind {@code ./fast}. */
@SuppressWarnings("requires-automatic") // for XChart and JLine, which have no descriptor
@org.jspecify.annotations.NullMarked
module org.fastpipeline.cli {
    requires info.picocli;
    requires org.fastpipeline.core;
    requires org.fastpipeline.vision;
    requires static org.jspecify;

    // picocli fills the commands' fields by reflection
    opens org.fastpipeline.cli to
            info.picocli;
}
