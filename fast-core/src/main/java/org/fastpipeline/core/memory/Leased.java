// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.memory;

/// A payload that holds native memory or another counted resource.
///
/// Each handle is held by exactly one holder and closed by it; `retain` gives another holder a handle of its own
/// on the same content. Content is never copied by either. Handles may be used from any thread.
///
/// @param <T> the payload's own type
public interface Leased<T extends Leased<T>> extends AutoCloseable {
    /// A further handle on the same content, charged to `holder` (named by its `toString`), who closes it.
    ///
    /// @throws org.fastpipeline.core.error.ReleasedException if this handle was closed
    T retain(Object holder);

    /// Ends all writing: from here on the content is shared and read-only. Called when a step publishes the payload.
    void publish();

    /// Gives this handle back; more than once is allowed. The content goes when its last handle goes.
    @Override
    void close();
}
