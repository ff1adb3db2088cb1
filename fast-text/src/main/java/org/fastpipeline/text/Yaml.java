// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/// A YAML document as far as pipelines need it: every part knows where it stands, scalars stay text.
sealed interface Yaml {
    /// Where it begins.
    Place place();

    /// What it is, as errors call it.
    String kind();

    /// A single value.
    ///
    /// @param quoted whether it stands in quotes or in a block, and so is a text whatever it looks like
    record Scalar(String text, boolean quoted, Place place) implements Yaml {
        private static final ImmutableSet<String> NULLS = ImmutableSet.of("", "~", "null", "Null", "NULL");

        /// Whether YAML takes it for nothing.
        boolean isNull() {
            return !quoted && NULLS.contains(text);
        }

        @Override
        public String kind() {
            return isNull() ? "nothing" : "a single value";
        }
    }

    /// A list.
    record Sequence(ImmutableList<Yaml> items, Place place) implements Yaml {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /// Names with values, in the order of the file; a name may stand there twice.
    record Mapping(ImmutableList<Entry> entries, Place place) implements Yaml {
        @Override
        public String kind() {
            return "names with values";
        }
    }

    /// One name and its value.
    record Entry(Scalar key, Yaml value) {
        String name() {
            return key.text;
        }

        Place place() {
            return key.place;
        }
    }
}
