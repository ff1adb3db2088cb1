// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

/// Two inputs of a node carry different values under one metadata key.
public final class MetadataConflictException extends FastException {
    private final String node;
    private final String key;
    private final String first;
    private final String second;

    /// @param node the node that reads both
    /// @param key the key
    /// @param first one producer and its value
    /// @param second the other producer and its value
    public MetadataConflictException(String node, String key, String first, String second) {
        super(
                node + ": key '" + key + "' is " + first + " but " + second
                        + "; needed one value. Rename one key, or declare a rule on the reading node.",
                null);
        this.node = node;
        this.key = key;
        this.first = first;
        this.second = second;
    }

    /// The node that reads both.
    public String node() {
        return node;
    }

    /// The key.
    public String key() {
        return key;
    }

    /// One producer and its value.
    public String first() {
        return first;
    }

    /// The other producer and its value.
    public String second() {
        return second;
    }
}
