// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.render.gl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.ByteBuffer;
import org.lwjgl.system.FunctionProvider;
import org.lwjgl.system.JNI;
import org.lwjgl.system.MemoryUtil;

/// A library of the graphics driver, which tells LWJGL where its functions are; loaded until the process ends.
///
/// LWJGL would load it too, but then asks the system's loader where it lies, in a way (`dl_iterate_phdr`) that blocks
/// forever if another thread is just loading a library, as the first steps of a run do.
///
/// @param symbols what it exports
/// @param giver address of its function that gives the addresses of others; 0 if there is none
record DriverLibrary(SymbolLookup symbols, long giver) implements FunctionProvider {
    /// @param name file name, such as `libEGL.so.1`
    /// @param giver name of its function that gives the addresses of others
    /// @throws IllegalArgumentException if it cannot be loaded
    @SuppressWarnings("restricted")
    static DriverLibrary load(String name, String giver) {
        SymbolLookup symbols = SymbolLookup.libraryLookup(name, Arena.global());
        return new DriverLibrary(symbols, address(symbols, giver));
    }

    private static long address(SymbolLookup symbols, String name) {
        return symbols.find(name).map(MemorySegment::address).orElse(MemoryUtil.NULL);
    }

    @Override
    public long getFunctionAddress(ByteBuffer name) {
        long text = MemoryUtil.memAddress(name); // ends with 0
        long given = giver == MemoryUtil.NULL ? MemoryUtil.NULL : JNI.callPP(text, giver);
        return given != MemoryUtil.NULL ? given : address(symbols, MemoryUtil.memASCII(text));
    }
}
