// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import org.fastpipeline.core.data.ChannelOrder;
import org.fastpipeline.core.data.TensorSpec;
import org.fastpipeline.core.error.ModelException;

/// What a model folder says of its model, in a file `model.properties`:
///
/// ```properties
/// name=capillary
/// version=1
/// format=saved_model
/// path=saved_model
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
/// sha256=<64 hexadecimal digits>
/// ```
///
/// `input.type` (float32), `preprocess.*` (no change), `threshold` (0.5) and `made.by` may be left out. `sha256` is the
/// hash of the model's files: for every regular file below `path`, sorted by relative path in byte order, the path in
/// UTF-8 with `/` between its parts, a zero byte, the length as 8 bytes, most significant first, and the bytes.
///
/// @param folder the model folder
/// @param name name of the model
/// @param version version of the model
/// @param source what an engine loads
/// @param input shape of the input
/// @param channels order of the input's channels
/// @param preprocessing what is done to the input's elements
/// @param labels classes of the output, in its order
/// @param threshold score from which on a class counts as seen
/// @param licence licence of the model, as an SPDX name
/// @param madeBy how it was made
/// @param sha256 hash of the model's files; empty if it has none, which only a trusted model may
public record ModelDescriptor(
        Path folder,
        String name,
        String version,
        ModelSource source,
        TensorSpec input,
        ChannelOrder channels,
        Preprocessing preprocessing,
        ImmutableList<String> labels,
        double threshold,
        String licence,
        String madeBy,
        String sha256) {
    /// Reads the description in `folder` and verifies the hash of the model's files.
    ///
    /// @throws ModelException if folder, description, a key or the model is missing or wrong, or the hash differs
    public static ModelDescriptor read(Path folder) {
        ModelDescriptor descriptor = DescriptorReader.read(folder);
        if (descriptor.sha256.isEmpty()) {
            throw new ModelException(
                    folder.toString(),
                    "model.properties has no key 'sha256'; needed the hash of the model's files",
                    "Add it, or read the model as trusted",
                    null);
        }
        String actual = ModelHash.of(descriptor.source.path());
        if (!actual.equals(descriptor.sha256)) {
            throw new ModelException(
                    folder.toString(),
                    "its files have SHA-256 " + actual + "; model.properties says " + descriptor.sha256,
                    "Get the model anew; if you changed it yourself, write the new hash into model.properties",
                    null);
        }
        return descriptor;
    }

    /// Reads the description in `folder` and takes the caller's word for the model's files.
    ///
    /// @throws ModelException if folder, description, a key or the model is missing or wrong
    public static ModelDescriptor readTrusted(Path folder) {
        return DescriptorReader.read(folder);
    }

    /// Fails unless the loaded model takes and gives what is described here.
    void check(LoadedModel model) {
        TensorSpec in = model.inputs().getFirst().spec();
        if (!agree(in, input)) {
            throw new ModelException(
                    folder.toString(),
                    "the model's input is " + in + "; model.properties describes " + input,
                    "Correct input.shape, input.axes or input.type",
                    null);
        }
        TensorSpec out = model.outputs().getFirst().spec();
        long classes = out.rank() == 0 ? 1 : out.sizes().get(out.rank() - 1);
        if (classes != TensorSpec.UNKNOWN && classes != labels.size()) {
            throw new ModelException(
                    folder.toString(),
                    "the model's output is " + out + "; model.properties has " + labels.size() + " labels: " + labels,
                    "Name one label per class",
                    null);
        }
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
