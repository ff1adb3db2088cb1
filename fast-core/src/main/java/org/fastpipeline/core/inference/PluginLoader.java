// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableSet;
import java.net.URL;
import java.net.URLClassLoader;

/// The class loader of one plugin: its own jars, above them the JDK and what core's API consists of, and nothing else.
///
/// So a plugin brings its own versions of everything, native bindings included, whatever the application has.
final class PluginLoader extends URLClassLoader {
    /// The packages that core exports.
    static final ImmutableSet<String> EXPORTED = ImmutableSet.of(
            "org.fastpipeline.core.error",
            "org.fastpipeline.core.memory",
            "org.fastpipeline.core.data",
            "org.fastpipeline.core.graph",
            "org.fastpipeline.core.stream",
            "org.fastpipeline.core.measure",
            "org.fastpipeline.core.run",
            "org.fastpipeline.core.inference",
            "org.fastpipeline.core.network",
            "org.fastpipeline.core.catalog");

    static {
        registerAsParallelCapable();
    }

    PluginLoader(String plugin, URL[] jars) {
        super("plugin-" + plugin, jars, new Gate(InferenceEngine.class.getClassLoader()));
    }

    /// Lets through what core exports and what its signatures use.
    private static final class Gate extends ClassLoader {
        static {
            registerAsParallelCapable();
        }

        private final ClassLoader application;

        Gate(ClassLoader application) {
            super("plugin-gate", ClassLoader.getPlatformClassLoader());
            this.application = application;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            String holder = name.substring(0, Math.max(0, name.lastIndexOf('.')));
            if (EXPORTED.contains(holder)
                    || name.startsWith("com.google.common.")
                    || name.startsWith("org.jspecify.annotations.")) {
                return application.loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
