// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import org.fastpipeline.testing.EngineConformance;

final class OpenVinoConformanceTest extends EngineConformance {
    OpenVinoConformanceTest() {
        super(TestModels.engine());
    }
}
