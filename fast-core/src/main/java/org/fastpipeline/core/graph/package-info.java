// SPDX-License-Identifier: Apache-2.0
/// The static side of a pipeline: process objects, ports, parameters, domains and the checked graph.
///
/// Users extend [Stateless][org.fastpipeline.core.graph.Stateless], [Stateful][org.fastpipeline.core.graph.Stateful],
/// [Source][org.fastpipeline.core.graph.Source], [Fold][org.fastpipeline.core.graph.Fold],
/// [Restream][org.fastpipeline.core.graph.Restream] or [Sink][org.fastpipeline.core.graph.Sink].
@NullMarked
package org.fastpipeline.core.graph;

import org.jspecify.annotations.NullMarked;
