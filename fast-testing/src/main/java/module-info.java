// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// For authors of nodes and engines: run one node on given values and record events, without an
/// executor; try an engine on what every engine must do.
@NullMarked
module org.fastpipeline.testing {
    requires transitive org.fastpipeline.core;
    requires static org.jspecify;
    requires static transitive org.junit.jupiter.api;
    requires static transitive org.junit.jupiter.params;

    exports org.fastpipeline.testing;
}
