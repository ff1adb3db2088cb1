// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.nio.file.Path;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.ModelDescriptor;
import org.fastpipeline.core.inference.Precision;

/// How networks are to be loaded and computed.
///
/// @param precision in what numbers an engine may compute
/// @param device what it computes on; empty for its best
/// @param trusted whether the user vouches for models
record NetworkRequest(Precision precision, String device, boolean trusted) {
    /// In 32-bit floating point, on the best device, with models whose hashes are verified.
    static final NetworkRequest USUAL = new NetworkRequest(Precision.F32, "", false);

    /// What is said of a model.
    ModelDescriptor read(Path model) {
        return trusted ? ModelDescriptor.readTrusted(model) : ModelDescriptor.read(model);
    }

    /// What an engine is told.
    EngineOptions options(int sessions, int threads) {
        return new EngineOptions(sessions, threads, precision, device);
    }
}
