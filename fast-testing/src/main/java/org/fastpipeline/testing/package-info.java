// SPDX-License-Identifier: Apache-2.0
/// Tools for the tests of nodes: [NodeRun][org.fastpipeline.testing.NodeRun] runs one node on given values,
/// [EventRecorder][org.fastpipeline.testing.EventRecorder] tells what happened in which order.
///
/// ```java
/// var inverter = new Inverter();
/// try (var run = NodeRun.of(inverter)) {
///     Image image = Image.allocate(ImageSpec.of(4, 3, ChannelOrder.GREY, ElementType.U8), run.memory());
///     NodeResult result = run.with(inverter.image, image).execute();
///     assertThat(result.get(inverter.inverted).width()).isEqualTo(4);
/// }
/// ```
@NullMarked
package org.fastpipeline.testing;

import org.jspecify.annotations.NullMarked;
