// SPDX-License-Identifier: Apache-2.0
/// OpenGL: contexts with and without a window, textures that are filled from our memory, shaders.
package org.fastpipeline.render.gl;
