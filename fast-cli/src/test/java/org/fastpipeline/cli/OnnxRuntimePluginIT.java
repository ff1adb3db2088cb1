// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

final class OnnxRuntimePluginIT extends PluginConformance {
    OnnxRuntimePluginIT() {
        super("onnxruntime");
    }
}
