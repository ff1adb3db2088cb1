// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.ie.onnxruntime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.primitives.ImmutableLongArray;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.EngineException;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.inference.EngineOptions;
import org.fastpipeline.core.inference.ModelSource;
import org.fastpipeline.core.inference.Precision;
import org.jspecify.annotations.Nullable;

/// Turns a file into the one native session that runs it.
///
/// @param environment the runtime
/// @param installation what there is to compute on
/// @param source the model
/// @param options how it is to work
record OnnxLoader(OrtEnvironment environment, Installation installation, ModelSource source, EngineOptions options) {
    private static final System.Logger LOG = System.getLogger(OnnxLoader.class.getName());
    private static final String ANEW = "Export the model anew, or get it from where it came from";

    OnnxModel load() {
        if (source.content() instanceof ModelSource.Files(Path path) && !Files.isRegularFile(path)) {
            throw failure("is no file; needed an ONNX model", "Correct the path", null);
        }
        ImmutableList<Device> wanted = devices();
        for (Device device : wanted.subList(0, wanted.size() - 1)) {
            try {
                return load(device);
            } catch (EngineException broken) {
                LOG.log(System.Logger.Level.WARNING, "{0}; going on without it", broken.getMessage());
            }
        }
        return load(wanted.getLast());
    }

    /// The device that was asked for, or all that may be taken.
    private ImmutableList<Device> devices() {
        ImmutableList<Device> usable = installation.usable();
        if (options.device().isEmpty()) {
            return usable.stream()
                    .filter(device -> device.provider() != Provider.TENSOR_RT)
                    .collect(ImmutableList.toImmutableList());
        }
        return usable.stream()
                .filter(device -> device.toString().equals(options.device()))
                .findFirst()
                .map(ImmutableList::of)
                .orElseThrow(() -> new EngineException(
                        OnnxRuntimeEngine.NAME,
                        "has no device '" + options.device() + "'; it has " + usable + whyNot(),
                        "Ask for one of these, or for none",
                        null));
    }

    /// Of the devices that it does not have: what they lack.
    private String whyNot() {
        return Stream.of(Provider.values())
                .filter(provider -> !installation.whyNot(provider).isEmpty())
                .map(provider -> "; not " + provider + ", for " + installation.whyNot(provider))
                .collect(Collectors.joining());
    }

    private OnnxModel load(Device device) {
        if (options.precision() == Precision.F32 && !device.provider().hasF32()) {
            throw new EngineException(
                    OnnxRuntimeEngine.NAME,
                    "device " + device + " cannot be kept from fewer than 32 bits; needed precision f32",
                    "Ask for precision " + Precision.AUTO + ", or for another device",
                    null);
        }
        try (SessionOptions settings = settings()) {
            use(device, settings);
            return model(session(settings), device);
        } catch (OrtException refused) {
            throw failure(
                    "cannot be read as an ONNX model by ONNX Runtime " + Installation.version() + ": "
                            + refused.getMessage(),
                    ANEW,
                    refused);
        }
    }

    private OrtSession session(SessionOptions settings) throws OrtException {
        return switch (source.content()) {
            case ModelSource.Files(Path path) -> environment.createSession(path.toString(), settings);
            case ModelSource.Bytes bytes ->
                environment.createSession(bytes.model().toArray(ValueLayout.JAVA_BYTE), settings);
        };
    }

    private SessionOptions settings() throws OrtException {
        SessionOptions settings = new SessionOptions();
        settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        settings.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
        settings.setInterOpNumThreads(1);
        settings.setIntraOpNumThreads(options.threads());
        settings.setDeterministicCompute(true);
        // Threads that wait for work must leave the cores to the executor's workers.
        settings.addConfigEntry("session.intra_op.allow_spinning", "0");
        return settings;
    }

    private void use(Device device, SessionOptions settings) {
        try {
            device.provider().addTo(settings, device.index(), options.precision());
        } catch (OrtException unusable) {
            throw new EngineException(
                    OnnxRuntimeEngine.NAME,
                    "device " + device + " cannot be used: " + unusable.getMessage(),
                    "Install the versions of CUDA, cuDNN and TensorRT that it needs, or ask for device CPU",
                    unusable);
        }
    }

    private OnnxModel model(OrtSession session, Device device) throws OrtException {
        try {
            ImmutableList<Place> inputs = places("input", source.inputs(), session.getInputInfo());
            if (inputs.size() < session.getNumInputs()) {
                throw failure(
                        "needs all of its inputs " + session.getInputNames() + "; met " + source.inputs(),
                        "Name them all, or none",
                        null);
            }
            return new OnnxModel(
                    source.name(),
                    environment,
                    session,
                    inputs,
                    places("output", source.outputs(), session.getOutputInfo()),
                    device.provider().computes(options.precision()));
        } catch (OrtException | RuntimeException unfit) {
            session.close();
            throw unfit;
        }
    }

    /// The ports called `names`, in that order, or all that are declared, sorted by name.
    private ImmutableList<Place> places(String kind, ImmutableList<String> names, Map<String, NodeInfo> declared) {
        ImmutableSortedMap<String, NodeInfo> all = ImmutableSortedMap.copyOf(declared);
        ImmutableList.Builder<Place> found = ImmutableList.builder();
        for (String name : names.isEmpty() ? all.keySet() : names) {
            NodeInfo node = all.get(name);
            if (node == null) {
                throw failure("has no " + kind + " '" + name + "'; it has " + all.keySet(), "Correct the name", null);
            }
            found.add(place(kind, node));
        }
        return found.build();
    }

    private Place place(String kind, NodeInfo node) {
        if (!(node.getInfo() instanceof TensorInfo info)) {
            throw failure(
                    kind + " '" + node.getName() + "' is " + node.getInfo() + "; needed a tensor",
                    "Export the model with tensors",
                    null);
        }
        ElementType type = Elements.type(info.onnxType)
                .orElseThrow(() -> failure(
                        kind + " '" + node.getName() + "' has elements of " + info.onnxType
                                + "; needed uint8, int16, int32, int64, float or double",
                        "Choose another " + kind + ", or export the model with another type",
                        null));
        ImmutableLongArray sizes = ImmutableLongArray.copyOf(info.getShape());
        TensorSpec known = source.shapes().get(node.getName());
        if (sizes.isEmpty() && known == null && kind.equals("input")) {
            throw failure(
                    kind + " '" + node.getName() + "' has no dimensions, or an unknown number of them",
                    "Give its shape in ModelSource.shapes",
                    null);
        }
        if (sizes.isEmpty() && known != null) {
            return new Place(
                    source.port(node.getName(), type, known.sizes()),
                    ImmutableList.copyOf(Collections.nCopies(known.rank(), "")));
        }
        return new Place(source.port(node.getName(), type, sizes), ImmutableList.copyOf(info.getDimensionNames()));
    }

    private ModelException failure(String problem, String remedy, @Nullable Throwable cause) {
        return new ModelException(source.name(), problem, remedy, cause);
    }
}
