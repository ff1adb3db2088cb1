// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.core.inference;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.fastpipeline.core.error.EngineException;

/// In which order engines are tried for a model: a pure function of what was found, the formats that the model is
/// there in, and the wish.
///
/// A candidate is an engine with one of the formats. Those of the engine that was asked for come first. Others
/// stand in the order of the speed that engines expect of themselves, then by the format's place in the engine's
/// own list (an engine lists first what it reads best), then by name.
///
/// @param candidates engines that can work here, with formats they read, best first
/// @param passedOver why the engine that was asked for is not among them; empty if it is, or if none was asked for
public record EngineOrder(ImmutableList<Candidate> candidates, String passedOver) {
    /// An engine that may be tried.
    ///
    /// @param name its name
    /// @param available what it can do
    /// @param format the format that it is to read
    /// @param why why it is in its place
    public record Candidate(String name, Availability.Available available, ModelFormat format, String why) {
        private int place() {
            return available.formats().asList().indexOf(format);
        }

        /// The same, in its place for another reason.
        Candidate because(String reason) {
            return new Candidate(name, available, format, reason);
        }
    }

    /// Orders the engines of `reports`.
    ///
    /// @param formats those that the model is there in; one or more
    /// @throws EngineException if the engine asked for is unknown, or no engine can read any of the formats
    public static EngineOrder of(List<EngineReport> reports, Collection<ModelFormat> formats, EngineWish wish) {
        List<Candidate> fitting = new ArrayList<>();
        for (EngineReport report : reports) {
            if (report.availability() instanceof Availability.Available able) {
                for (ModelFormat format : able.formats()) {
                    if (formats.contains(format)) {
                        fitting.add(new Candidate(report.name(), able, format, "it reads " + format));
                    }
                }
            }
        }
        fitting.sort(Comparator.comparing(
                        (Candidate candidate) -> candidate.available().speed())
                .thenComparing(Candidate::place)
                .thenComparing(Candidate::name));
        sayWhyFirst(fitting);
        String passedOver =
                switch (wish) {
                    case EngineWish.Auto _, EngineWish.Measured _ -> "";
                    case EngineWish.Named(String name) -> putFirst(fitting, name, reports, formats);
                };
        if (fitting.isEmpty()) {
            throw new EngineException(
                    wish instanceof EngineWish.Named(String name) ? name : EngineWish.AUTO,
                    "no engine can load a model of format " + words(formats) + "; met " + list(reports),
                    "Install the plugin of an engine that reads it, or take a model of another format",
                    null);
        }
        return new EngineOrder(ImmutableList.copyOf(fitting), passedOver);
    }

    private static void sayWhyFirst(List<Candidate> sorted) {
        List<String> slower = sorted.stream()
                .filter(other -> other.available()
                                .speed()
                                .compareTo(sorted.getFirst().available().speed())
                        > 0)
                .map(Candidate::name)
                .distinct()
                .toList();
        if (!slower.isEmpty()) {
            Candidate first = sorted.removeFirst();
            sorted.addFirst(
                    first.because(first.why() + " and is expected to be faster than " + String.join(", ", slower)));
        }
    }

    private static String putFirst(
            List<Candidate> fitting, String name, List<EngineReport> reports, Collection<ModelFormat> formats) {
        List<Candidate> asked = fitting.stream()
                .filter(candidate -> candidate.name().equals(name))
                .map(candidate -> candidate.because("it was asked for"))
                .toList();
        if (!asked.isEmpty()) {
            fitting.removeIf(candidate -> candidate.name().equals(name));
            fitting.addAll(0, asked);
            return "";
        }
        for (EngineReport report : reports) {
            if (report.name().equals(name)) {
                return switch (report.availability()) {
                    case Availability.Available available ->
                        name + " was asked for but reads " + available.formats() + ", not " + words(formats);
                    case Availability.Unavailable(String reason, String remedy) ->
                        name + " was asked for but is not available: " + reason + " (" + remedy + ")";
                };
            }
        }
        throw unknown(name, reports);
    }

    /// That there is no engine of that name.
    static EngineException unknown(String name, List<EngineReport> reports) {
        return new EngineException(
                name,
                "is unknown; met " + list(reports),
                "Ask for one of these, for " + EngineWish.AUTO + ", or for " + EngineWish.MEASURE,
                null);
    }

    private static String words(Collection<ModelFormat> formats) {
        return String.join(", ", formats.stream().map(ModelFormat::toString).toList());
    }

    private static String list(List<EngineReport> reports) {
        return reports.isEmpty()
                ? "no engine at all"
                : String.join("; ", reports.stream().map(EngineReport::toString).toList());
    }
}
