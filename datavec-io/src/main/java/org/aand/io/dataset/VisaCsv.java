package org.aand.io.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aand.common.InputException;

/** Reads {@code split_csv/1cls.csv}, VisA's own list. */
final class VisaCsv {
  private static final List<String> COLUMNS = List.of("object", "split", "label", "image", "mask");
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .build();

  private VisaCsv() {}

  /** Where the list is. */
  static Path file(Path data) {
    return data.resolve("split_csv").resolve("1cls.csv");
  }

  /**
   * Reads the list.
   *
   * @throws InputException if it cannot be read, lacks a column, or says something unknown
   */
  static List<ListedImage> read(Path file) {
    var images = new ArrayList<ListedImage>();
    try (var bytes = Files.newInputStream(file);
        MappingIterator<Map<String, String>> lines =
            CSV.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(bytes)) {
      // Numbered as a spreadsheet numbers them: the first is the columns' names.
      for (int row = 2; lines.hasNextValue(); row++) {
        images.add(image(lines.nextValue(), file + " row " + row));
      }
    } catch (JsonProcessingException e) {
      throw new InputException(
          "the list " + file + " is no CSV file (" + e.getOriginalMessage() + ")", e);
    } catch (IOException e) {
      throw new InputException("cannot read the list " + file + " (" + e + ")", e);
    }
    return images;
  }

  private static ListedImage image(Map<String, String> line, String place) {
    for (String column : COLUMNS) {
      if (!line.containsKey(column) && !column.equals("mask")) {
        throw new InputException(
            place + " has no " + column + "; the columns are " + String.join(",", COLUMNS));
      }
    }
    boolean train = either(line, "split", "train", "test", place);
    boolean good = either(line, "label", "normal", "anomaly", place);
    return new ListedImage(
        place,
        text(line, "object"),
        train,
        good ? Sample.GOOD : "anomaly",
        text(line, "image"),
        text(line, "mask"));
  }

  private static boolean either(
      Map<String, String> line, String column, String first, String second, String place) {
    String value = text(line, column);
    if (!value.equals(first) && !value.equals(second)) {
      throw new InputException(
          place + ": " + column + " is \"" + value + "\", not " + first + " or " + second);
    }
    return value.equals(first);
  }

  private static String text(Map<String, String> line, String column) {
    return line.getOrDefault(column, "");
  }
}
