// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import java.nio.file.Path;
import java.util.List;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;

/// A model to load. An engine opens the files below [#path] alone, and beside an OpenVINO `.xml` its `.bin`: they
/// are what was checked.
///
/// @param path the file, or the folder of a SavedModel
/// @param format how it is stored
/// @param inputs names of the inputs to use, in port order; empty for all that the model declares, sorted by name
/// @param outputs names of the outputs to use, in port order; empty for all that the model declares, sorted by name
/// @param shapes what is known of ports beyond what the model says (axes, missing sizes), by port name
public record ModelSource(
        Path path,
        ModelFormat format,
        ImmutableList<String> inputs,
        ImmutableList<String> outputs,
        ImmutableMap<String, TensorSpec> shapes) {
    private static final ImmutableList<String> USUAL_AXES =
            ImmutableList.of("", "N", "NC", "NTC", "NHWC", "NDHWC", "NTDHWC");

    /// A model of which all ports are used as it declares them.
    public static ModelSource of(Path path, ModelFormat format) {
        return new ModelSource(path, format, ImmutableList.of(), ImmutableList.of(), ImmutableMap.of());
    }

    /// The same model through other ports.
    ///
    /// @param others names of the inputs to use, in port order; empty for all
    /// @param results names of the outputs to use, in port order; empty for all
    public ModelSource through(List<String> others, List<String> results) {
        return new ModelSource(path, format, ImmutableList.copyOf(others), ImmutableList.copyOf(results), shapes);
    }

    /// A port as the model declares it, completed by what [#shapes] knows; for engines.
    ///
    /// Models do not name their axes. Where `shapes` does not either, they are those most common for the rank:
    /// N, NC, NTC, NHWC, NDHWC, NTDHWC.
    ///
    /// @param port name of the port
    /// @param type its element type
    /// @param sizes its sizes, [TensorSpec#UNKNOWN] where the model leaves them open
    /// @throws ModelException if the two contradict each other
    public Model.Port port(String port, ElementType type, ImmutableLongArray sizes) {
        TensorSpec known = shapes.get(port);
        if (known == null) {
            if (sizes.length() >= USUAL_AXES.size()) {
                throw new ModelException(
                        path.toString(),
                        "port " + port + " has " + sizes.length() + " dimensions; needed fewer, or names for them",
                        "Give its shape with named axes in ModelSource.shapes",
                        null);
            }
            return new Model.Port(port, TensorSpec.of(USUAL_AXES.get(sizes.length()), type, sizes.toArray()));
        }
        boolean fits = known.type() == type && known.rank() == sizes.length();
        ImmutableLongArray.Builder merged = ImmutableLongArray.builder(known.rank());
        for (int i = 0; fits && i < sizes.length(); i++) {
            long own = sizes.get(i);
            long given = known.sizes().get(i);
            fits = own == given || own == TensorSpec.UNKNOWN || given == TensorSpec.UNKNOWN;
            merged.add(own == TensorSpec.UNKNOWN ? given : own);
        }
        if (!fits) {
            throw new ModelException(
                    path.toString(),
                    "port " + port + " is " + type + " " + sizes + " in the model but is described as " + known,
                    "Correct the description",
                    null);
        }
        return new Model.Port(port, new TensorSpec(known.axes(), merged.build(), type));
    }
}
