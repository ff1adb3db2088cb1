// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import org.fastpipeline.core.data.TensorSpec;

/// A loaded network; immutable, shared by all sessions, thread-safe.
public interface Model extends AutoCloseable {
    /// A named place where tensors go in or come out.
    ///
    /// @param name the model's name for it
    /// @param spec its shape; sizes may be unknown
    record Port(String name, TensorSpec spec) {}

    /// The inputs, in the order sessions take them.
    ImmutableList<Port> inputs();

    /// The outputs, in the order sessions give them.
    ImmutableList<Port> outputs();

    /// What it computes in, such as `f32` or `bf16`.
    default String precision() {
        return "f32";
    }

    /// A new session; the caller closes it, before the model.
    Session openSession();

    /// Gives the model's memory back; all sessions must be closed before.
    @Override
    void close();
}
