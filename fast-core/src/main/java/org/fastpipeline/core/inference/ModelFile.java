// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import java.nio.file.Path;

/// One of the forms that a model is stored in.
///
/// @param source what an engine loads
/// @param bytes size of its files
/// @param sha256 hash of its files as they were when they were looked at, as [ModelDescriptor] defines it
public record ModelFile(ModelSource source, long bytes, String sha256) {
    /// Looks at all files of `source` and then reads them.
    ///
    /// @param mostBytes most bytes of one file
    /// @throws org.fastpipeline.core.error.ModelException if one is no regular file, cannot be read, or is too
    /// large, or they are too many
    static ModelFile of(ModelSource source, long mostBytes) {
        return switch (source.content()) {
            case ModelSource.Files(Path path) -> {
                ModelFiles files = ModelFiles.of(path, source.format(), mostBytes);
                yield new ModelFile(source, files.bytes(), files.sha256());
            }
            case ModelSource.Bytes bytes -> new ModelFile(source, source.bytes(), ModelHash.of(bytes));
        };
    }
}
