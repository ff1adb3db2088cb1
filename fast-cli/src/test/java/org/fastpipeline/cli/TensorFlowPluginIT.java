// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

final class TensorFlowPluginIT extends PluginConformance {
    TensorFlowPluginIT() {
        super("tensorflow");
    }
}
