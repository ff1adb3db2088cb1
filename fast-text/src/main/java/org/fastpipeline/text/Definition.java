// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/// What a file says, before anybody looks whether there are such nodes and ports.
///
/// @param variables by name
/// @param inputs what the program that runs the pipeline has to give
/// @param nodes in the order of the file
/// @param outputs what is wanted, by name: references
/// @param start where the nodes are declared
record Definition(
        ImmutableMap<String, Variable> variables,
        ImmutableList<Given> inputs,
        ImmutableList<NodeText> nodes,
        ImmutableList<Named> outputs,
        Place start) {
    /// A variable.
    ///
    /// @param fallback its default, in which variables above it may stand; none if it must be given
    record Variable(Optional<Yaml.Scalar> fallback, Place place) {}

    /// Data that come from outside.
    ///
    /// @param type simple name of their class
    record Given(Yaml.Scalar id, Yaml.Scalar type) {}

    /// A node.
    ///
    /// @param parameters one value each
    /// @param inputs references to outputs, by input
    record NodeText(
            Yaml.Scalar id,
            Yaml.Scalar type,
            ImmutableList<Named> settings,
            ImmutableList<Named> parameters,
            ImmutableList<Named> inputs) {}

    /// One value, or a list of them, under a name.
    ///
    /// @param list whether it was written as a list
    record Named(Yaml.Scalar key, ImmutableList<Yaml.Scalar> values, boolean list, Place place) {
        String name() {
            return key.text();
        }
    }
}
