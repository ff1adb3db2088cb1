// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render.gl;

/// What a context belongs to: a window, or nothing that can be seen. Used by one thread at a time.
public interface Surface extends AutoCloseable {
    /// Makes its context that of the current thread.
    void bind();

    /// The current thread has no context any more, so that another may take it.
    void release();

    /// Destroys the context, which is no thread's.
    @Override
    void close();
}
