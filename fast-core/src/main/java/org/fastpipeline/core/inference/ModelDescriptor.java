// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import org.fastpipeline.core.data.Axis;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.ElementType;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;
import org.fastpipeline.core.error.WrongUseException;

/// What a model folder says of its model, in a file `model.properties`:
///
/// ```properties
/// name=capillary
/// version=1
/// format=saved_model
/// path=saved_model
/// sha256=<64 hexadecimal digits>
/// onnx.path=capillary.onnx
/// onnx.sha256=<64 hexadecimal digits>
/// input.name=crops
/// input.shape=-1,50,50,3
/// input.axes=NHWC
/// input.type=float32
/// input.channels=RGB
/// preprocess.clip=0,255
/// preprocess.mean=0
/// preprocess.std=1
/// preprocess.scale=0.00392156862745098
/// preprocess.signed=false
/// output.name=scores
/// labels=other,capillary
/// threshold=0.5
/// licence=Apache-2.0
/// made.by=training/train.py
/// ```
///
/// `input.type` (float32), `preprocess.*` (no change), `threshold` (0.5) and `made.by` may be left out.
///
/// `path`, `format` and `sha256` tell of the network as it was made. Further keys with the name of a format before
/// them, as in `onnx.path`, tell of the same network in other formats, with the same ports, for engines that read
/// those.
///
/// `sha256` is the hash of the model's files. That of a single file is the SHA-256 of its bytes, as `sha256sum`
/// prints it. That of several is taken over, for every regular file below `path`, sorted by relative path in byte
/// order: the path in UTF-8 with `/` between its parts, a zero byte, the length as 8 bytes, most significant first,
/// and the bytes. The files of `openvino_ir` are the `.xml` and the `.bin` beside it; those of `onnx` the `.onnx` and
/// the files below its folder in which it keeps weights, if it does.
///
/// A model that has a description is loaded if its files are regular files of 4 GiB at most below the model folder,
/// no link leads out, and their hashes are those described. All this is looked at before anything of a model is
/// opened, and again by nobody: who may write into the folder can exchange a file afterwards, but could exchange
/// the description as well. What the hash protects from is damage, mixed-up versions, and files that others send.
///
/// @param folder the model folder; the model itself if nothing describes it
/// @param name name of the model
/// @param version version of the model
/// @param files the forms it is stored in, that in which it was made first; one or more, of different formats
/// @param input shape of the input
/// @param channels order of the input's channels
/// @param preprocessing what is done to the input's elements
/// @param labels classes of the output, in its order; empty if nothing describes them
/// @param threshold score from which on a class counts as seen
/// @param licence licence of the model, as an SPDX name
/// @param madeBy how it was made
public record ModelDescriptor(
        Path folder,
        String name,
        String version,
        ImmutableList<ModelFile> files,
        TensorSpec input,
        ChannelOrder channels,
        Preprocessing preprocessing,
        ImmutableList<String> labels,
        double threshold,
        String licence,
        String madeBy) {
    /// Reads the description in `folder` and verifies the hashes of the model's files.
    ///
    /// @throws ModelException if folder, description, a key or a file is missing or wrong, or a hash differs
    public static ModelDescriptor read(Path folder) {
        if (DescriptorReader.isBare(folder)) {
            throw new ModelException(
                    folder.toString(),
                    "nothing describes it; needed a folder with " + DescriptorReader.FILE + ", which has its hash",
                    "Describe it, or load it as trusted (--trust-model) if you know where it is from",
                    null);
        }
        return DescriptorReader.read(folder, false);
    }

    /// Reads a model for which the caller vouches: neither hashes nor sizes matter. A link out of the model folder
    /// is refused all the same, and what is no regular file.
    ///
    /// @param model a model folder, or a model without any description: a file whose name says its format, or the
    /// folder of a SavedModel; such a one has the ports that it declares, and no labels
    /// @throws ModelException if model, description or a key is missing or wrong
    public static ModelDescriptor readTrusted(Path model) {
        return DescriptorReader.isDescribed(model) ? DescriptorReader.read(model, true) : undescribed(model);
    }

    private static ModelDescriptor undescribed(Path model) {
        ModelFormat format = ModelFormat.of(model);
        try {
            ModelSource source = ModelSource.of(model.toRealPath(), format);
            return undescribed(model, ModelFile.of(source, Long.MAX_VALUE));
        } catch (IOException gone) {
            throw new ModelException(model.toString(), "it cannot be read: " + gone, "Look at its rights", gone);
        }
    }

    /// What is known of a model that nothing describes.
    static ModelDescriptor undescribed(Path model, ModelFile file) {
        return new ModelDescriptor(
                model,
                String.valueOf(model.getFileName()),
                "",
                ImmutableList.of(file),
                TensorSpec.of(
                        "NHWC",
                        ElementType.F32,
                        TensorSpec.UNKNOWN,
                        TensorSpec.UNKNOWN,
                        TensorSpec.UNKNOWN,
                        TensorSpec.UNKNOWN),
                ChannelOrder.RGB,
                Preprocessing.NONE,
                ImmutableList.of(),
                0,
                "",
                "");
    }

    /// The first of the [#files], the model as it was made.
    public ModelSource source() {
        return files.getFirst().source();
    }

    /// The forms that engines can load, as in [#files].
    public ImmutableList<ModelSource> sources() {
        return files.stream().map(ModelFile::source).collect(ImmutableList.toImmutableList());
    }

    /// The same with a fixed number of items in a batch. Engines compute that faster than batches of any size;
    /// [ImageClassification][org.fastpipeline.core.network.ImageClassification] then groups the items of its batch.
    ///
    /// @param items how many, 1 or more
    /// @throws ModelException if the first axis of the input is no batch of any size
    public ModelDescriptor withBatch(long items) {
        if (items < 1 || input.axes().indexOf(Axis.N) != 0 || input.size(Axis.N) != TensorSpec.UNKNOWN) {
            throw new ModelException(
                    folder.toString(),
                    "met batches of " + items + " for the input " + input
                            + "; needed 1 or more, and a first axis N that is left open",
                    "Take the model as it is described",
                    null);
        }
        TensorSpec fixed = input.withFirst(items);
        ImmutableList<ModelFile> same = files.stream()
                .map(file -> new ModelFile(file.source().with(input, fixed), file.bytes(), file.sha256()))
                .collect(ImmutableList.toImmutableList());
        return new ModelDescriptor(
                folder, name, version, same, fixed, channels, preprocessing, labels, threshold, licence, madeBy);
    }

    /// The file that `model` was loaded from.
    ///
    /// @param model one that was loaded from this description
    public ModelFile fileOf(LoadedModel model) {
        return files.stream()
                .filter(file -> file.source().name().equals(model.name()))
                .findFirst()
                .orElseThrow(() -> new WrongUseException(
                        model.name(),
                        "met a model that is not of " + folder,
                        "Ask the description it was loaded from"));
    }

    /// Fails unless the loaded model takes and gives what is described here.
    void check(LoadedModel model) {
        if (labels.isEmpty()) {
            return;
        }
        TensorSpec in = model.inputs().getFirst().spec();
        if (!agree(in, input)) {
            throw new ModelException(
                    folder.toString(),
                    "the model's input is " + in + "; model.properties describes " + input,
                    "Correct input.shape, input.axes or input.type",
                    null);
        }
        TensorSpec out = model.outputs().getFirst().spec();
        long classes = out.rank() == 0 ? 1 : out.sizes().get(channels(out.rank()));
        if (classes != TensorSpec.UNKNOWN && classes != labels.size()) {
            throw new ModelException(
                    folder.toString(),
                    "the model's output is " + out + "; model.properties has " + labels.size() + " labels: " + labels,
                    "Name one label per class",
                    null);
        }
    }

    /// Where an output of that rank has its classes: before rows and columns if the input has its channels there.
    private int channels(int rank) {
        boolean first = rank == input.rank()
                && input.axes().indexOf(Axis.C) < input.axes().indexOf(Axis.H);
        return first ? input.axes().indexOf(Axis.C) : rank - 1;
    }

    private static boolean agree(TensorSpec one, TensorSpec other) {
        boolean same = one.axes().equals(other.axes()) && one.type() == other.type();
        for (int i = 0; same && i < one.rank(); i++) {
            long a = one.sizes().get(i);
            long b = other.sizes().get(i);
            same = a == b || a == TensorSpec.UNKNOWN || b == TensorSpec.UNKNOWN;
        }
        return same;
    }
}
