// SPDX-License-Identifier: Apache-2.0
import org.fastpipeline.core.inference.*;
import org.fastpipeline.core.run.*;
import org.fastpipeline.vision.capillary.*;
import org.fastpipeline.vision.io.*;

void main() {
    var home = Path.of("fast-cli/target/dist");
    var spec = ModelDescriptor.read(home.resolve("models/capillary"));
    var frames = new ImageFileStreamer(home + "/samples/capillary/*.jpg");
    try (var model = Engines.find(home.resolve("plugins")).load(spec, new EngineWish.Auto(), new EngineOptions(2, 1))) {
        var job = CapillaryPipeline.of(frames.image, CapillaryPipeline.Background.STILL, model, spec);
        try (var run = Pipeline.to(job.density()).start()) {
            run.forEach(frame -> IO.println(frame.get(job.density())));
        }
    }
}
