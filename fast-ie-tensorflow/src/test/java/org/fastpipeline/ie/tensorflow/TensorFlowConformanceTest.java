// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.tensorflow;

import org.fastpipeline.testing.EngineConformance;

final class TensorFlowConformanceTest extends EngineConformance {
    TensorFlowConformanceTest() {
        super(new TensorFlowEngine());
    }
}
