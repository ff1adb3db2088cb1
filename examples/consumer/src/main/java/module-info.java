// SPDX-License-Identifier: Apache-2.0

/// A program outside the framework's own modules. Without this file it is one on the class path, and works as well.
module com.example.brightness {
    requires org.fastpipeline.core;
}
