// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// Pipelines written as YAML files, checked as a whole before anything runs.
@NullMarked
module org.fastpipeline.text {
    requires transitive org.fastpipeline.core;
    requires org.snakeyaml.engine;
    requires static org.jspecify;

    exports org.fastpipeline.text;
}
