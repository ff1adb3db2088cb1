// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.catalog;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.function.Supplier;
import org.fastpipeline.core.error.WrongUseException;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.inference.Models;

/// A kind of node that can be made by name. Its ports and parameters are those that the node itself declares.
///
/// @param name the node's class, as a rule
/// @param doc what it does, in one sentence without a full stop
/// @param settings what it is told when it is made
/// @param maker makes one; opens no file and starts nothing, so that a pipeline can be shown whose files are missing
public record NodeType(String name, String doc, ImmutableList<Setting<?>> settings, Maker maker) {
    /// Makes a node.
    @FunctionalInterface
    public interface Maker {
        /// Makes one.
        ///
        /// @param settings what it is told
        /// @param models where a node that runs a network gets it from
        ProcessObject make(Settings settings, Models models);
    }

    /// A node that needs to be told nothing.
    public static NodeType of(String name, String doc, Supplier<? extends ProcessObject> maker) {
        return new NodeType(name, doc, ImmutableList.of(), (_, _) -> maker.get());
    }

    /// The setting called `setting`.
    public Optional<Setting<?>> setting(String setting) {
        return settings.stream().filter(known -> known.name().equals(setting)).findFirst();
    }

    /// Its settings before any is given.
    public Settings initial() {
        return Settings.initial(settings);
    }

    /// A new node.
    ///
    /// @throws WrongUseException if a setting is missing
    public ProcessObject make(Settings given, Models models) {
        if (!given.missing().isEmpty()) {
            throw new WrongUseException(
                    name,
                    "met no value for the settings "
                            + given.missing().stream().map(Setting::name).toList() + "; needed one for each",
                    "Give them");
        }
        return maker.make(given, models);
    }

    /// A node to look at, for its ports and parameters: made with examples, it cannot do any work.
    ///
    /// @param given what is known of its settings
    public ProcessObject sample(Settings given) {
        return maker.make(given, Models.unloaded());
    }
}
