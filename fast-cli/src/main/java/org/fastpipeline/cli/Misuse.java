// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.fastpipeline.core.error.NearName;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/// What is wrong with a command line, in the words of who typed it.
final class Misuse {
    private static final String LONG = "--";

    private Misuse() {}

    /// One sentence or two. A word that is not known comes first: what seems to be missing is often there, mistyped.
    static String sentence(ParameterException misuse) {
        String unknown = "";
        for (CommandLine at = misuse.getCommandLine(); at != null; at = at.getParent()) {
            List<String> words = at.getUnmatchedArguments();
            unknown = words.isEmpty() ? unknown : unknown(at, words.getFirst()); // the first that was typed
        }
        if (!unknown.isEmpty()) {
            return unknown;
        }
        ArgSpec argument = misuse.getArgSpec();
        return argument instanceof OptionSpec option && misuse.getCause() instanceof TypeConversionException
                ? option.longestName() + ": met '" + misuse.getValue() + "'; needed " + needed(option) + "."
                : String.valueOf(misuse.getMessage());
    }

    private static String unknown(CommandLine command, String word) {
        String name = word.split("=", 2)[0];
        if (name.startsWith("-")) {
            List<String> options = command.getCommandSpec().options().stream()
                    .flatMap(option -> Stream.of(option.names()))
                    .filter(known -> known.startsWith(LONG))
                    .toList();
            Optional<String> near = name.startsWith(LONG) ? NearName.of(name, options) : Optional.empty();
            return "there is no option '" + name + "'."
                    + near.map(Misuse::question).orElse("");
        }
        Set<String> commands = command.getSubcommands().keySet();
        if (commands.isEmpty()) {
            return "met '" + word + "', which '" + command.getCommandSpec().qualifiedName(" ") + "' has no use for.";
        }
        if (command.getParent() == null) { // the help that is pointed at lists them
            return "there is no command '" + word + "'."
                    + NearName.of(word, commands).map(Misuse::question).orElse("");
        }
        return "there is no command '" + command.getCommandName() + " " + word + "'."
                + NearName.of(word, commands)
                        .map(Misuse::question)
                        .orElse(" There are '" + String.join("' and '", commands) + "'.");
    }

    private static String question(String name) {
        return " Did you mean '" + name + "'?";
    }

    /// What an option's value must be.
    private static String needed(OptionSpec option) {
        Class<?> type = option.typeInfo().isOptional() ? option.auxiliaryTypes()[0] : option.type();
        if (type.isEnum()) {
            List<String> words = Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                    .toList();
            String last = words.getLast();
            return String.join(", ", words.subList(0, words.size() - 1)) + " or " + last;
        }
        return type == int.class || type == Integer.class ? "a whole number" : "a number, such as 0.5";
    }
}
