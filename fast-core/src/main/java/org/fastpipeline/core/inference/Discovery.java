// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/// Gathers engines and what is to be said of each; whatever a plugin does wrong ends in its report.
final class Discovery {
    private static final String APPLICATION = "application";
    private static final String REINSTALL = "Remove the plugin or install it anew";
    private static final int MOST_FAULTS = 16;

    private final Map<String, InferenceEngine> engines = new LinkedHashMap<>();
    private final Map<String, String> locations = new LinkedHashMap<>();
    private final List<EngineReport> reports = new ArrayList<>();

    Engines engines() {
        return new Engines(ImmutableMap.copyOf(engines), ImmutableList.copyOf(reports));
    }

    Discovery application() {
        services(APPLICATION, APPLICATION, InferenceEngine.class.getClassLoader());
        return this;
    }

    Discovery plugins(Path plugins) {
        if (Files.isDirectory(plugins)) {
            try {
                children(plugins, "*").stream().filter(Files::isDirectory).forEach(this::plugin);
            } catch (IOException unreadable) {
                broken("plugins", plugins.toString(), "the folder cannot be read: " + unreadable, "Look at its rights");
            }
        }
        return this;
    }

    private void plugin(Path folder) {
        String name = String.valueOf(folder.getFileName());
        try {
            List<URL> jars = new ArrayList<>();
            for (Path jar : children(folder, "*.jar")) {
                jars.add(url(jar));
            }
            int before = reports.size();
            int enginesBefore = engines.size();
            PluginLoader loader = new PluginLoader(name, jars.toArray(URL[]::new));
            services(name, folder.toString(), loader);
            if (reports.size() == before) {
                broken(name, folder.toString(), "none of its " + jars.size() + " jars provides an engine", REINSTALL);
            }
            if (engines.size() == enginesBefore) {
                loader.close(); // so that its jars can be replaced
            }
        } catch (IOException unreadable) {
            broken(name, folder.toString(), "the folder cannot be read: " + unreadable, "Look at its rights");
        }
    }

    private static List<Path> children(Path folder, String glob) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
            stream.forEach(children::add);
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        children.sort(null);
        return children;
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }

    /// A faulty provider makes the iterator throw; it then goes on with the next, as far as it can.
    private void services(String name, String location, ClassLoader loader) {
        Iterator<ServiceLoader.Provider<InferenceEngine>> providers =
                ServiceLoader.load(InferenceEngine.class, loader).stream().iterator();
        for (int faults = 0; faults < MOST_FAULTS; ) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                add(location, name, providers.next());
            } catch (ServiceConfigurationError | LinkageError | RuntimeException fault) {
                faults++;
                broken(name, location, "its engine cannot be found: " + innermost(fault), REINSTALL);
            }
        }
    }

    void add(String location, Supplier<InferenceEngine> maker) {
        add(location, location, maker);
    }

    private void add(String location, String fallbackName, Supplier<InferenceEngine> maker) {
        String name = fallbackName;
        try {
            InferenceEngine engine = maker.get();
            name = Objects.requireNonNull(engine.name(), "it has no name");
            String first = locations.get(name);
            if (first != null) {
                broken(name, location, "an engine of this name was found before, in " + first, "Remove one of the two");
                return;
            }
            Availability availability = Objects.requireNonNull(engine.probe(), "it does not say what it can do");
            locations.put(name, location);
            engines.put(name, engine);
            reports.add(new EngineReport(name, location, availability));
        } catch (ServiceConfigurationError | LinkageError | RuntimeException fault) {
            broken(name, location, "it failed when it was asked what it can do: " + innermost(fault), REINSTALL);
        }
    }

    private void broken(String name, String location, String reason, String remedy) {
        reports.add(new EngineReport(name, location, new Availability.Unavailable(reason, remedy)));
    }

    private static Throwable innermost(Throwable fault) {
        Throwable at = fault;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }
}
