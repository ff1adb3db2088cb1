// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.openvino;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.fastpipeline.ie.openvino.binding.OpenVino;

/// The library, for tests of the binding.
public final class TestLibrary {
    private TestLibrary() {}

    /// Its functions; skips the test where it is missing.
    public static OpenVino load() {
        NativePlaces places = NativePlaces.ofSystem();
        assumeTrue(places.first().isPresent(), () -> places.tried());
        return places.load();
    }

    /// As [TestModels#start()].
    public static void start() {
        TestModels.start();
    }
}
