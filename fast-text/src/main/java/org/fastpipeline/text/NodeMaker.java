// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fastpipeline.core.catalog.NodeCatalogs;
import org.fastpipeline.core.catalog.NodeType;
import org.fastpipeline.core.catalog.Setting;
import org.fastpipeline.core.catalog.Settings;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.FastException;
import org.fastpipeline.core.error.InputException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.NearName;
import org.fastpipeline.core.error.ParameterException;
import org.fastpipeline.core.graph.Parameter;
import org.fastpipeline.core.graph.ProcessObject;
import org.fastpipeline.core.inference.Models;
import org.fastpipeline.text.Definition.Named;
import org.fastpipeline.text.Definition.NodeText;

/// Makes nodes by the names of their types, and sets their parameters.
final class NodeMaker {
    private final NodeCatalogs catalogs;
    private final Models models;
    private final Variables variables;
    private final boolean complete;
    private final Faults faults;

    /// @param complete whether a setting whose value is not known is a fault; if not, examples stand in
    NodeMaker(NodeCatalogs catalogs, Models models, Variables variables, boolean complete, Faults faults) {
        this.catalogs = catalogs;
        this.models = models;
        this.variables = variables;
        this.complete = complete;
        this.faults = faults;
    }

    /// The node; nothing if it cannot be made, which then is a fault.
    Optional<ProcessObject> make(NodeText text) {
        Optional<NodeType> type = variables.expand(text.type()).flatMap(name -> type(text, name));
        Optional<ProcessObject> node = type.flatMap(known -> make(text, known));
        node.ifPresent(made -> {
            made.name(text.id().text());
            text.parameters().forEach(parameter -> set(made, parameter));
        });
        return node;
    }

    private Optional<NodeType> type(NodeText text, String name) {
        NodeCatalogs.Offer offer = catalogs.offers().get(name);
        if (offer == null) {
            faults.add(
                    text.type().place(),
                    "node '" + text.id().text() + "' has the type '" + name + "', which no module offers",
                    "the name of a node",
                    NearName.of(name, catalogs.offers().keySet())
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("'./fast nodes' lists those there are"));
        }
        return Optional.ofNullable(offer).map(NodeCatalogs.Offer::type);
    }

    private Optional<ProcessObject> make(NodeText text, NodeType type) {
        String id = text.id().text();
        Settings settings = type.initial();
        List<String> met = new ArrayList<>();
        for (Named named : text.settings()) {
            met.add(named.name());
            Optional<Setting<?>> setting = type.setting(named.name());
            if (setting.isEmpty()) {
                unknownSetting(id, type, named);
            } else {
                settings = with(id, settings, setting.get(), named);
            }
        }
        boolean whole = true;
        for (Setting<?> missing : settings.missing()) {
            whole &= !complete;
            if (!met.contains(missing.name())) {
                whole = false;
                faults.add(
                        text.id().place(),
                        "node '" + id + "' has no setting '" + missing.name() + "'",
                        "one: " + missing.declaration().doc(),
                        "Add under settings '" + missing.name() + ": "
                                + missing.declaration().initial() + "', or whatever it is here");
            }
        }
        try {
            return Optional.of(whole && complete ? type.make(settings, models) : type.sample(settings));
        } catch (FastException failure) {
            cannotBeMade(text, failure);
            return Optional.empty();
        }
    }

    /// The settings with one more; as they were if its value is wrong, which is a fault, or not known.
    private Settings with(String id, Settings settings, Setting<?> setting, Named named) {
        List<String> texts = new ArrayList<>();
        for (Yaml.Scalar value : named.values()) {
            Optional<String> text = variables.expand(value);
            if (text.isEmpty()) {
                return settings;
            }
            texts.add(text.get());
        }
        String where = "setting '" + named.name() + "' of node '" + id + "'";
        try {
            return settings.with(where, setting, texts);
        } catch (ParameterException wrong) {
            wrongValue(named, where, wrong, setting.declaration());
            return settings;
        }
    }

    private void unknownSetting(String id, NodeType type, Named named) {
        boolean parameter = type.sample(type.initial()).parameters().stream()
                .anyMatch(known -> known.declaration().name().equals(named.name()));
        faults.add(
                named.key().place(),
                "node '" + id + "' of type " + type.name() + " has no setting '" + named.name() + "'",
                "one of its settings",
                parameter
                        ? "It is a parameter: write it under parameters"
                        : NearName.remedy(
                                named.name(),
                                type.settings().stream().map(Setting::name).toList()));
    }

    private void set(ProcessObject node, Named named) {
        String where = "parameter '" + named.name() + "' of node '" + node.name() + "'";
        List<String> known = node.parameters().stream()
                .map(parameter -> parameter.declaration().name())
                .toList();
        if (!known.contains(named.name())) {
            faults.add(
                    named.key().place(),
                    "node '" + node.name() + "' has no parameter '" + named.name() + "'",
                    "one of its parameters",
                    NearName.remedy(named.name(), known));
            return;
        }
        Parameter<?> parameter = node.parameters().get(known.indexOf(named.name()));
        if (named.list()) {
            faults.add(named.place(), where + " is a list", "a single value", "Write one value, without brackets");
            return;
        }
        variables.expand(named.values().getFirst()).ifPresent(text -> {
            try {
                parameter.setText(text);
            } catch (ParameterException wrong) {
                wrongValue(named, where, wrong, parameter.declaration());
            }
        });
    }

    private void wrongValue(Named named, String where, ParameterException wrong, Parameter.Declaration<?> declaration) {
        String unit = declaration.unit().isEmpty() ? "" : " (" + declaration.unit() + ")";
        faults.add(named.place(), where + " met " + wrong.met(), wrong.needed() + unit, "It is: " + declaration.doc());
    }

    private void cannotBeMade(NodeText text, FastException failure) {
        String node = "node '" + text.id().text() + "' cannot be made: ";
        Place place = text.id().place();
        switch (failure) {
            case ModelException model ->
                faults.add(place, node + model.model() + ": " + model.problem(), "a model that fits", model.remedy());
            case EngineException engine ->
                faults.add(
                        place,
                        node + "engine " + engine.engine() + " " + engine.problem(),
                        "an engine that can be used",
                        engine.remedy());
            case InputException input ->
                faults.add(place, node + input.source() + ": " + input.problem(), "a usable one", input.remedy());
            default ->
                faults.add(place, node + failure.getMessage(), "settings that it accepts", "Correct its settings");
        }
    }
}
