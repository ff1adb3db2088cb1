// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fastpipeline.core.error.EngineException;

/// In which order engines are tried for a model: a pure function of what was found, the format and the wish.
///
/// The engine that was asked for comes first. Then come those that read the format, by its place in their own list of
/// formats (an engine lists what it reads natively first), then by name. There are no other preferences.
///
/// @param candidates engines that can work here and read the format, best first
/// @param passedOver why the engine that was asked for is not among them; empty if it is, or if none was asked for
public record EngineOrder(ImmutableList<Candidate> candidates, String passedOver) {
    /// An engine that may be tried.
    ///
    /// @param name its name
    /// @param available what it can do
    /// @param why why it is in its place
    public record Candidate(String name, Availability.Available available, String why) {
        private int place(ModelFormat format) {
            return available.formats().asList().indexOf(format);
        }
    }

    /// Orders the engines of `reports`.
    ///
    /// @throws EngineException if the engine asked for is unknown, or no engine can read the format
    public static EngineOrder of(List<EngineReport> reports, ModelFormat format, EngineWish wish) {
        List<Candidate> fitting = new ArrayList<>();
        for (EngineReport report : reports) {
            if (report.availability() instanceof Availability.Available able
                    && able.formats().contains(format)) {
                fitting.add(new Candidate(report.name(), able, "it reads " + format));
            }
        }
        fitting.sort(Comparator.comparingInt((Candidate candidate) -> candidate.place(format))
                .thenComparing(Candidate::name));
        String passedOver =
                switch (wish) {
                    case EngineWish.Auto() -> "";
                    case EngineWish.Named(String name) -> putFirst(fitting, name, reports, format);
                };
        if (fitting.isEmpty()) {
            throw new EngineException(
                    wish instanceof EngineWish.Named(String name) ? name : EngineWish.AUTO,
                    "no engine can load a model of format " + format + "; met " + list(reports),
                    "Install the plugin of an engine that reads it, or take a model of another format",
                    null);
        }
        return new EngineOrder(ImmutableList.copyOf(fitting), passedOver);
    }

    private static String putFirst(
            List<Candidate> fitting, String name, List<EngineReport> reports, ModelFormat format) {
        for (Candidate candidate : fitting) {
            if (candidate.name().equals(name)) {
                fitting.remove(candidate);
                fitting.addFirst(new Candidate(name, candidate.available(), "it was asked for"));
                return "";
            }
        }
        for (EngineReport report : reports) {
            if (report.name().equals(name)) {
                return switch (report.availability()) {
                    case Availability.Available available ->
                        name + " was asked for but reads " + available.formats() + ", not " + format;
                    case Availability.Unavailable(String reason, String remedy) ->
                        name + " was asked for but is not available: " + reason + " (" + remedy + ")";
                };
            }
        }
        throw new EngineException(
                name, "is unknown; met " + list(reports), "Ask for one of these, or for " + EngineWish.AUTO, null);
    }

    private static String list(List<EngineReport> reports) {
        return reports.isEmpty()
                ? "no engine at all"
                : String.join("; ", reports.stream().map(EngineReport::toString).toList());
    }
}
