package org.aand.report.experiment.published;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The paper's tables, data sets and swept settings, from the data files beside this class. */
public final class Published {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private static final List<PublishedTable> TABLES = readTables();
  private static final List<Dataset> DATASETS = List.of(read("datasets.json", Dataset[].class));
  private static final List<SweptSetting> SWEPT =
      List.of(read("figure-7.json", SweptSetting[].class));

  private Published() {}

  /** Tables I to VIII, in this order. */
  public static List<PublishedTable> tables() {
    return TABLES;
  }

  /** The paper's data sets. */
  public static List<Dataset> datasets() {
    return DATASETS;
  }

  /** The data set with a key; empty for one that the paper does not have. */
  public static Optional<Dataset> dataset(String key) {
    return DATASETS.stream().filter(dataset -> dataset.key().equals(key)).findFirst();
  }

  /** The settings swept in Fig. 7. */
  public static List<SweptSetting> sweptSettings() {
    return SWEPT;
  }

  /** The name for people of a data set, its key for one that the paper does not have. */
  public static String datasetLabel(String key) {
    return dataset(key).map(Dataset::label).orElse(key);
  }

  /** The name for people of a row of an experiment, its key for one that the paper has not. */
  public static String rowName(String experiment, String row) {
    return TABLES.stream()
        .filter(table -> table.experiment().equals(experiment))
        .flatMap(table -> table.row(row).stream())
        .map(PublishedTable.Row::name)
        .findFirst()
        .orElse(row);
  }

  private static List<PublishedTable> readTables() {
    var tables = new ArrayList<PublishedTable>();
    for (int i = 1; i <= 8; i++) {
      tables.add(read("table-" + i + ".json", PublishedTable.class));
    }
    return List.copyOf(tables);
  }

  private static <T> T read(String name, Class<T> type) {
    try (InputStream in = Published.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the data file " + name + " is not in the jar");
      }
      return MAPPER.readValue(in, type);
    } catch (IOException e) {
      throw new IllegalStateException("the data file " + name + " is not readable", e);
    }
  }
}
