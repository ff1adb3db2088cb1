// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;

/// A model to load, from files or from memory.
///
/// @param content where it is
/// @param format how it is stored
/// @param inputs names of the inputs to use, in port order; empty for all that the model declares, sorted by name
/// @param outputs names of the outputs to use, in port order; empty for all that the model declares, sorted by name
/// @param shapes what is known of ports beyond what the model says (axes, missing sizes), by port name
public record ModelSource(
        ModelSource.Content content,
        ModelFormat format,
        ImmutableList<String> inputs,
        ImmutableList<String> outputs,
        ImmutableMap<String, TensorSpec> shapes) {
    private static final ImmutableList<String> USUAL_AXES =
            ImmutableList.of("", "N", "NC", "NTC", "NHWC", "NDHWC", "NTDHWC");

    /// Where a model is.
    public sealed interface Content {
        /// What errors and reports call the model.
        String name();
    }

    /// A model in files. An engine opens these alone, as they are what was checked: what is below `path`; beside an
    /// OpenVINO `.xml` its `.bin`; beside an `.onnx` the files that it names, which [Engines] has looked at.
    ///
    /// @param path the file, or the folder of a SavedModel
    public record Files(Path path) implements Content {
        @Override
        public String name() {
            return path.toString();
        }
    }

    /// A model in memory, which its owner leaves as it is until the model is loaded.
    ///
    /// @param name name of the file that it would be, such as `net.onnx`
    /// @param model what would be in that file
    /// @param weights what would be in the `.bin` beside an OpenVINO `.xml`; empty for other formats
    public record Bytes(String name, MemorySegment model, MemorySegment weights) implements Content {
        /// The same, to be read alone.
        public Bytes {
            model = model.asReadOnly();
            weights = weights.asReadOnly();
        }
    }

    /// A model in files.
    public ModelSource(
            Path path,
            ModelFormat format,
            ImmutableList<String> inputs,
            ImmutableList<String> outputs,
            ImmutableMap<String, TensorSpec> shapes) {
        this(new Files(path), format, inputs, outputs, shapes);
    }

    /// A model of which all ports are used as it declares them.
    public static ModelSource of(Path path, ModelFormat format) {
        return of(new Files(path), format);
    }

    /// A model of which all ports are used as it declares them.
    public static ModelSource of(Content content, ModelFormat format) {
        return new ModelSource(content, format, ImmutableList.of(), ImmutableList.of(), ImmutableMap.of());
    }

    /// A model in memory, of which all ports are used as it declares them. The bytes are copied.
    ///
    /// @param name name of the file that it would be, such as `net.onnx`
    /// @param model what would be in that file
    public static ModelSource of(String name, ModelFormat format, byte[] model) {
        MemorySegment copy = MemorySegment.ofArray(model.clone());
        return of(new Bytes(name, copy, MemorySegment.NULL), format);
    }

    /// This, if the model has that SHA-256, as [ModelDescriptor] defines it. Files are read for it, bytes in memory are
    /// taken as they lie there.
    ///
    /// @param sha256 64 hexadecimal digits
    /// @throws ModelException if it has another, or as [ModelDescriptor#read] says of files
    public ModelSource verified(String sha256) {
        String met = ModelFile.of(this, ModelFiles.MOST_BYTES).sha256();
        if (!met.equalsIgnoreCase(sha256)) {
            throw new ModelException(
                    name(), "it has SHA-256 " + met + "; needed " + sha256, "Get the model anew", null);
        }
        return this;
    }

    /// What errors and reports call the model.
    public String name() {
        return content.name();
    }

    /// The file, or the folder of a SavedModel; for engines and formats that need one.
    ///
    /// @throws ModelException if the model is in memory
    public Path path() {
        return switch (content) {
            case Files(Path path) -> path;
            case Bytes _ ->
                throw new ModelException(
                        name(),
                        "it is in memory; needed files, for this engine reads " + format + " from there alone",
                        "Write it to files, or take another engine or format",
                        null);
        };
    }

    /// Bytes of the model as it is stored; nearly all are weights.
    ///
    /// @throws ModelException if its files cannot be looked at
    public long bytes() {
        return switch (content) {
            case Files(Path path) -> ModelFiles.of(path, format, Long.MAX_VALUE).bytes();
            case Bytes bytes -> bytes.model().byteSize() + bytes.weights().byteSize();
        };
    }

    /// The same model through other ports.
    ///
    /// @param others names of the inputs to use, in port order; empty for all
    /// @param results names of the outputs to use, in port order; empty for all
    public ModelSource through(List<String> others, List<String> results) {
        return new ModelSource(content, format, ImmutableList.copyOf(others), ImmutableList.copyOf(results), shapes);
    }

    /// The same model, its ports of one shape described by another.
    ModelSource with(TensorSpec known, TensorSpec instead) {
        Map<String, TensorSpec> changed = Maps.transformValues(shapes, spec -> spec.equals(known) ? instead : spec);
        return new ModelSource(content, format, inputs, outputs, ImmutableMap.copyOf(changed));
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
                        name(),
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
                    name(),
                    "port " + port + " is " + type + " " + sizes + " in the model but is described as " + known,
                    "Correct the description",
                    null);
        }
        return new Model.Port(port, new TensorSpec(known.axes(), merged.build(), type));
    }
}
