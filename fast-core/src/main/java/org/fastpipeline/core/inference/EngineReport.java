// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

/// What was found of one engine, broken ones too.
///
/// @param name the engine's name, or that of its plugin folder if it could not even say its name
/// @param location where it was found: `application`, or the plugin's folder
/// @param availability whether it can work here, or why not
public record EngineReport(String name, String location, Availability availability) {
    @Override
    public String toString() {
        return name
                + switch (availability) {
                    case Availability.Available(String version, var formats, var devices, var _, var _) ->
                        " " + version + " on " + String.join(", ", devices) + ", reads " + formats;
                    case Availability.Unavailable(String reason, String remedy) ->
                        " is not available: " + reason + ". " + remedy;
                };
    }
}
