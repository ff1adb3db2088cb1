// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

/// One thing wrong with a graph, found before any thread starts.
///
/// @param where the node and port, as `node.port`
/// @param met what was found there
/// @param needed what would have been right
/// @param remedy what to do
public record Fault(String where, String met, String needed, String remedy) {
    @Override
    public String toString() {
        return where + ": " + met + "; needed " + needed + ". " + remedy;
    }
}
