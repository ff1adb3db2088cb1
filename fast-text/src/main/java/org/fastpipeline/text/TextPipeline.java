// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Collection;
import org.fastpipeline.core.error.NearName;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.Out;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.run.Pipeline;
import org.jspecify.annotations.Nullable;

/// A pipeline that was read from a file, whole and checked; nothing of it can be asked for before it is.
public final class TextPipeline {
    private final ImmutableMap<String, ProcessObject> nodes;
    private final ImmutableMap<String, Out<?>> outputs;
    private final Pipeline pipeline;
    private final ImmutableList<String> notices;

    TextPipeline(
            ImmutableMap<String, ProcessObject> nodes,
            ImmutableMap<String, Out<?>> outputs,
            Pipeline pipeline,
            ImmutableList<String> notices) {
        this.nodes = nodes;
        this.outputs = outputs;
        this.pipeline = pipeline;
        this.notices = notices;
    }

    /// All that the file wants: a frame has the values of its outputs, and its sinks are fed.
    public Pipeline pipeline() {
        return pipeline;
    }

    /// The nodes by id, in the order of the file.
    public ImmutableMap<String, ProcessObject> nodes() {
        return nodes;
    }

    /// The node called `id`.
    ///
    /// @throws WrongUseException if the file declares none; it says which was probably meant
    public ProcessObject node(String id) {
        return known("node", id, nodes.get(id), nodes.keySet());
    }

    /// The outputs by name, in the order of the file.
    public ImmutableMap<String, Out<?>> outputs() {
        return outputs;
    }

    /// The output called `name`.
    ///
    /// @param type what it is to carry
    /// @throws WrongUseException if the file declares none, or it carries something else
    public <T> Out<? extends T> output(String name, Class<T> type) {
        Out<?> output = known("output", name, outputs.get(name), outputs.keySet());
        return output.as(type)
                .orElseThrow(() -> new WrongUseException(
                        "output " + name,
                        "met a request for " + type.getSimpleName() + "; needed one for "
                                + output.type().getSimpleName() + ", which " + output + " carries",
                        "Ask for that"));
    }

    private static <T> T known(String what, String name, @Nullable T found, Collection<String> known) {
        if (found == null) {
            throw new WrongUseException(
                    "text pipeline",
                    "met " + what + " '" + name + "', which the file does not declare; needed one it does",
                    NearName.remedy(name, known));
        }
        return found;
    }

    /// Things to know that are no faults, a sentence without a full stop each: nodes that nothing needs, data that no
    /// input takes.
    public ImmutableList<String> notices() {
        return notices;
    }
}
