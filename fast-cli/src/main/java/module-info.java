// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// The commands behind `./fast`.
@SuppressWarnings("requires-automatic") // for XChart, which has no descriptor
@NullMarked
module org.fastpipeline.cli {
    requires com.google.common;
    requires de.siegmar.fastcsv;
    requires info.picocli;
    requires java.desktop;
    requires java.management;
    requires me.tongfei.progressbar;
    requires org.fastpipeline.core;
    requires org.fastpipeline.render;
    requires org.fastpipeline.text;
    requires org.fastpipeline.vision;
    requires xchart;
    requires static org.jspecify;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    // picocli fills the commands' fields by reflection
    opens org.fastpipeline.cli to
            info.picocli;
}
