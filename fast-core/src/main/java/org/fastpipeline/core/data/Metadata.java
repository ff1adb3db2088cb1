// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.data;

import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// An immutable map from typed keys to values.
public final class Metadata {
    /// No entries.
    public static final Metadata EMPTY = new Metadata(ImmutableMap.of());

    /// Place of a frame in what its source reads (a file number, say); loops and seeks repeat it.
    public static final Key<Long> INDEX = new Key<>("index", Long.class);

    /// Time of a frame since the start of its stream.
    public static final Key<Duration> TIME = new Key<>("time", Duration.class);

    /// How many frames the source has, where it knows.
    public static final Key<Long> COUNT = new Key<>("count", Long.class);

    /// What a frame was read from, such as a file's path.
    public static final Key<String> ORIGIN = new Key<>("origin", String.class);

    /// When a frame was taken, where its source knows.
    public static final Key<Instant> CREATED = new Key<>("created", Instant.class);

    private final ImmutableMap<Key<?>, Object> entries;

    private Metadata(ImmutableMap<Key<?>, Object> entries) {
        this.entries = entries;
    }

    /// The value under `key`, if there is one.
    public <T> Optional<T> get(Key<T> key) {
        return Optional.ofNullable(key.type().cast(entries.get(key)));
    }

    /// These entries and one more; it replaces one of the same key.
    public <T> Metadata with(Key<T> key, T value) {
        return new Metadata(ImmutableMap.<Key<?>, Object>builder()
                .putAll(entries)
                .put(key, key.type().cast(value))
                .buildKeepingLast());
    }

    /// These entries and those of `over`, which replace those of the same key.
    public Metadata with(Metadata over) {
        if (over.entries.isEmpty()) {
            return this;
        }
        return entries.isEmpty()
                ? over
                : new Metadata(ImmutableMap.<Key<?>, Object>builder()
                        .putAll(entries)
                        .putAll(over.entries)
                        .buildKeepingLast());
    }

    /// All entries.
    public ImmutableMap<Key<?>, Object> entries() {
        return entries;
    }

    /// Whether there are no entries.
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Metadata that && entries.equals(that.entries));
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
