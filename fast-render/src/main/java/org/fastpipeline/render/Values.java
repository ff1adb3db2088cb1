// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render;

import java.util.Optional;
import org.fastpipeline.core.data.Metadata;
import org.fastpipeline.core.graph.Out;

/// What one frame has for the ports of a view. Valid only while a drawing takes it.
public interface Values {
    /// The value of `port`; nothing if the frame has none.
    <T> Optional<T> get(Out<T> port);

    /// Who the frame is: what is equal for two views that show one frame of one run, so that they can share what they
    /// take of it.
    default Object identity() {
        return this;
    }

    /// What is known of it.
    Metadata metadata(Out<?> port);
}
