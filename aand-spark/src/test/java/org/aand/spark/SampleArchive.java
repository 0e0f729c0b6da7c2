package org.aand.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.aand.api.AnomalyDetector;
import org.aand.api.DetectionRow;
import org.aand.api.SampleImages;
import org.aand.model.TinyModelFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Image files, a small calibrated model, and what predict says of each image.
 *
 * @param images the folder
 * @param model the file
 * @param expected by file name; corrupt files are not in it
 */
record SampleArchive(Path images, Path model, Map<String, JsonNode> expected) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Draws images; the model takes the first ten for normal. */
  static SampleArchive draw(Path folder, int count) throws IOException {
    var images = Files.createDirectories(folder.resolve("images"));
    var drawn = SampleImages.draw(count, 40, 32);
    var model = TinyModelFile.write(folder.resolve("tiny.aand"), drawn.subList(0, 10));
    var expected = new TreeMap<String, JsonNode>();
    try (var detector = AnomalyDetector.load(model)) {
      for (int i = 0; i < count; i++) {
        var name = String.format(Locale.ROOT, "part-%04d.png", i);
        byte[] png = SampleImages.png(drawn.get(i));
        Files.write(images.resolve(name), png);
        expected.put(name, JSON.readTree(DetectionRow.of(name, detector.detect(png)).toString()));
      }
    }
    return new SampleArchive(images, model, expected);
  }

  /** Adds a file that is no image. */
  SampleArchive withCorrupt(String name) throws IOException {
    Files.write(images.resolve(name), new byte[] {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3});
    return this;
  }

  /** Every image once, each as predict has it, to the last digit; all rows as they were parsed. */
  Map<String, JsonNode> requireSame(Dataset<Row> scored) {
    var seen = new TreeMap<String, JsonNode>();
    for (var json : scored.toJSON().collectAsList()) {
      var row = parsed(json);
      var name = row.get("path").asText().replaceAll(".*/", "");
      assertNull(seen.put(name, row), () -> name + " twice");
    }
    assertTrue(seen.keySet().containsAll(expected.keySet()), "every image");
    expected.forEach((name, wanted) -> requireSame(wanted, row(seen, name)));
    return seen;
  }

  private static void requireSame(JsonNode wanted, JsonNode row) {
    for (var fields = wanted.fieldNames(); fields.hasNext(); ) {
      var field = fields.next();
      if (!field.equals("file")) {
        assertEquals(
            wanted.get(field).toString(),
            row.path(field).toString(),
            () -> wanted.get("file") + " " + field);
      }
    }
  }

  /** The row of a file. */
  static JsonNode row(Map<String, JsonNode> rows, String name) {
    return Objects.requireNonNull(rows.get(name), name);
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
