// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

/// One of the forms that a model is stored in.
///
/// @param source what an engine loads
/// @param bytes size of its files
/// @param sha256 hash of its files as they were when they were looked at, as [ModelDescriptor] defines it
public record ModelFile(ModelSource source, long bytes, String sha256) {}
