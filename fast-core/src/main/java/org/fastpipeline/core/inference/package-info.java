// SPDX-License-Identifier: Apache-2.0
/// Inference engines behind one interface, and the choice among them.
///
/// ```java
/// Engines engines = Engines.find(Path.of("plugins"));
/// ModelDescriptor descriptor = ModelDescriptor.read(Path.of("models/capillary"));
/// EngineOptions options = EngineOptions.of(ThreadPlan.ofCores());
/// try (LoadedModel model = engines.load(descriptor, EngineWish.parse("auto"), options)) {
///     var classifier = new ImageClassification(model, descriptor);
///     classifier.batch.from(rois.batch);
///     // ... run the pipeline, then close the run before the model
/// }
/// ```
///
/// Who writes an engine implements [InferenceEngine][org.fastpipeline.core.inference.InferenceEngine],
/// [Model][org.fastpipeline.core.inference.Model] and [Session][org.fastpipeline.core.inference.Session].
@NullMarked
package org.fastpipeline.core.inference;

import org.jspecify.annotations.NullMarked;
