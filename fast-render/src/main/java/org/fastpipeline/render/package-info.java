// SPDX-License-Identifier: Apache-2.0
/// Views of what a pipeline makes: layers that show ports, windows, and pictures without a window.
package org.fastpipeline.render;
