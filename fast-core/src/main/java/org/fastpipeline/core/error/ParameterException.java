// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.error;

/// A parameter was given a value outside its range.
public final class ParameterException extends FastException {
    private final String parameter;
    private final String met;
    private final String needed;

    /// @param parameter the parameter, as `node.parameter`
    /// @param met the value given
    /// @param needed the values accepted
    public ParameterException(String parameter, String met, String needed) {
        super(parameter + ": met " + met + "; needed " + needed + ". Set a value in that range.", null);
        this.parameter = parameter;
        this.met = met;
        this.needed = needed;
    }

    /// The parameter, as `node.parameter`.
    public String parameter() {
        return parameter;
    }

    /// The value given.
    public String met() {
        return met;
    }

    /// The values accepted.
    public String needed() {
        return needed;
    }
}
