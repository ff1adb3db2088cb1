// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

final class OpenVinoPluginIT extends PluginConformance {
    OpenVinoPluginIT() {
        super("openvino");
    }
}
