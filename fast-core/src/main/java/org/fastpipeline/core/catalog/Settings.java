// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fastpipeline.core.catalog.Setting.Occurrence;
import org.fastpipeline.core.error.ParameterException;

/// The values of a node's settings. Immutable.
public final class Settings {
    private final ImmutableMap<String, Setting<?>> settings;
    private final ImmutableMap<String, ImmutableList<?>> values;
    private final ImmutableSet<String> given;

    private Settings(
            ImmutableMap<String, Setting<?>> settings, Map<String, ImmutableList<?>> values, Collection<String> given) {
        this.settings = settings;
        this.values = ImmutableMap.copyOf(values);
        this.given = ImmutableSet.copyOf(given);
    }

    /// The defaults, and examples where there are none.
    static Settings initial(Collection<Setting<?>> settings) {
        ImmutableMap.Builder<String, Setting<?>> byName = ImmutableMap.builder();
        Map<String, ImmutableList<?>> initial = new HashMap<>();
        for (Setting<?> setting : settings) {
            byName.put(setting.name(), setting);
            initial.put(setting.name(), ImmutableList.of(setting.declaration().initial()));
        }
        return new Settings(byName.buildOrThrow(), initial, ImmutableSet.of());
    }

    /// These with another value for one of them.
    ///
    /// @param where what errors are to call it
    /// @param setting one of them
    /// @param texts one text, or for a list one or more
    /// @throws ParameterException if a text is no value or out of range, or if there are too few or too many
    public Settings with(String where, Setting<?> setting, List<String> texts) {
        if (texts.isEmpty() || (texts.size() > 1 && setting.occurrence() != Occurrence.SEVERAL)) {
            throw new ParameterException(
                    where,
                    texts.size() + " values",
                    setting.occurrence() == Occurrence.SEVERAL ? "one or more" : "one");
        }
        Map<String, ImmutableList<?>> changed = new HashMap<>(values);
        changed.put(
                setting.name(),
                texts.stream()
                        .map(text -> setting.declaration().read(where, text))
                        .collect(ImmutableList.toImmutableList()));
        return new Settings(settings, changed, Sets.union(given, ImmutableSet.of(setting.name())));
    }

    /// Those that must be given and were not.
    public ImmutableList<Setting<?>> missing() {
        return settings.values().stream()
                .filter(setting -> setting.occurrence() != Occurrence.OPTIONAL && !given.contains(setting.name()))
                .collect(ImmutableList.toImmutableList());
    }

    /// The value of a setting that is given once.
    public <T> T get(Setting<T> setting) {
        return all(setting).getFirst();
    }

    /// The values of a setting that is a list.
    public <T> ImmutableList<T> all(Setting<T> setting) {
        return Objects.requireNonNull(values.get(setting.name()), setting.name()).stream()
                .map(setting.declaration().type()::cast)
                .collect(ImmutableList.toImmutableList());
    }
}
