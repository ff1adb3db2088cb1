// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fastpipeline.core.error.Fault;
import org.fastpipeline.core.error.GraphException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever is done to a file, it is a pipeline or has faults with lines.
class MutatedTextTest {
    private static final long SEED = 20261121;
    private static final int VARIANTS = 2000;
    private static final String TEXT = """
            # a pipeline
            variables:
              frames: 3
              factor: "4"
            nodes:
              count:
                type: Count
                settings: {frames: "${frames}"}
              scale:
                type: Scale
                parameters:
                  factor: ${factor}
                  negative: true
                inputs:
                  number: count.number
              halves: {type: Halves, inputs: {number: scale}}
              total:
                type: Total
                inputs:
                  numbers: [count, halves.low, halves.high]
              'kept here':
                type: Keep
                inputs: {number: total}
            outputs:
              total: total.total
            """;
    private static final List<String> SCRAPS = List.of(
            ":",
            ": ",
            "-",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            "#",
            "&a ",
            "*a",
            "!!str ",
            "|",
            ">",
            "%",
            "@",
            "`",
            "\t",
            "\n",
            "\n  ",
            " ",
            "${",
            "$$",
            "}",
            "~",
            "null",
            "<<: ",
            "---\n",
            "...\n",
            "? ",
            ",",
            "\u0000",
            "\u0007",
            "\uFEFF",
            "\uD83D\uDE00",
            "\u2028",
            "999999999999999999999",
            "-1",
            ".",
            "..",
            "count",
            "nodes:\n");

    private final Texts texts = new Texts();

    @Test
    @Timeout(300)
    void everyVariantIsAPipelineOrHasFaultsWithLines() {
        System.out.println("MutatedTextTest: seed " + SEED);
        Random random = new Random(SEED);
        int pipelines = 0;
        for (int i = 0; i < VARIANTS; i++) {
            String variant = mutated(random);
            try {
                texts.read(variant);
                pipelines++;
            } catch (GraphException wrong) {
                assertThat(wrong.faults()).as(variant).isNotEmpty();
                for (Fault fault : wrong.faults()) {
                    assertThat(fault.where()).as(variant).matches("test\\.yaml(:[1-9]\\d*:[1-9]\\d*)?");
                    assertThat(fault.toString().lines()).as(variant).hasSize(1);
                }
            } catch (RuntimeException unexpected) {
                throw new AssertionError("variant " + i + ":\n" + variant, unexpected);
            }
        }
        assertThat(pipelines).isBetween(20, VARIANTS / 2);
    }

    private static String mutated(Random random) {
        StringBuilder text = new StringBuilder(TEXT);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(6)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, SCRAPS.get(random.nextInt(SCRAPS.size())));
                case 2 -> text.replace(at, end, SCRAPS.get(random.nextInt(SCRAPS.size())));
                case 3 ->
                    text.setCharAt(at, (char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : random.nextInt(128)));
                case 4 -> text.insert(at, text.substring(at, end));
                default -> swapLines(text, random);
            }
        }
        return text.toString();
    }

    private static void swapLines(StringBuilder text, Random random) {
        List<String> lines = new ArrayList<>(text.toString().lines().toList());
        String moved = lines.remove(random.nextInt(lines.size()));
        lines.add(random.nextInt(lines.size() + 1), moved);
        text.replace(0, text.length(), String.join("\n", lines) + "\n");
    }
}
