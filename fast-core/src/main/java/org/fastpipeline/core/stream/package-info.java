// SPDX-License-Identifier: Apache-2.0
/// Streams that know no engine and no file format: what is played and how, values from memory and from functions,
/// and the restreams that group frames and join streams.
///
/// A [Streamer] plays a [Recording], which can be read from any place; [Playback] pauses it and seeks in it.
@NullMarked
package org.fastpipeline.core.stream;

import org.jspecify.annotations.NullMarked;
