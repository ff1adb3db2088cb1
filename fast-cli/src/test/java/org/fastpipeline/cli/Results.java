// SPDX-License-Identifier: Apache-2.0
package org.fastpipeline.cli;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a run left in its folder.
record Results(Path folder) {
    List<Map<String, String>> frames() throws IOException {
        return rows("frames.csv");
    }

    List<Map<String, String>> boxes() throws IOException {
        return rows("boxes.csv");
    }

    List<Map<String, String>> capillaries() throws IOException {
        return rows("capillaries.csv");
    }

    JsonNode run() {
        return JsonMapper.shared().readTree(folder.resolve("run.json"));
    }

    /// All files, by path within the folder, sorted.
    List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    /// The status of each frame, by file name of its source.
    Map<String, String> status() throws IOException {
        Map<String, String> status = new TreeMap<>();
        for (Map<String, String> row : frames()) {
            status.put(row.getOrDefault("source", ""), row.getOrDefault("status", ""));
        }
        return status;
    }

    private List<Map<String, String>> rows(String name) throws IOException {
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(folder.resolve(name))) {
            return csv.stream().map(NamedCsvRecord::getFieldsAsMap).toList();
        }
    }
}
