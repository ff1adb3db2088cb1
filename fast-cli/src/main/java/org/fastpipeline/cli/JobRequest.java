// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import org.fastpipeline.core.inference.EngineWish;
import org.fastpipeline.core.run.ThreadPlan;

/// What every job over frames with a network is told.
///
/// @param inputs image files, folders, patterns, video files
/// @param out folder for the results
/// @param engine the engine that is wanted
/// @param model folder of the model
/// @param network how the model is to be loaded and computed
/// @param threads the thread plan
/// @param show how it is to be watched
/// @param failFast whether the first frame that fails ends all
record JobRequest(
        ImmutableList<String> inputs,
        Path out,
        EngineWish engine,
        Path model,
        NetworkRequest network,
        ThreadPlan threads,
        ShowRequest show,
        boolean failFast) {}
