package org.aand.report.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.aand.common.InputException;
import org.aand.report.Metric;
import org.aand.report.Protocol;

/** Cells as CSV and JSON text. Both have the same names; in CSV, what is absent is empty. */
final class CellFormat {
  private static final List<String> KEYS =
      List.of("experiment", "row", "dataset", "category", "seed", "protocol", "status", "message");
  private static final String PARAMETERS = "parameters_millions";
  private static final String INFERENCE = "inference_seconds";
  private static final String SECONDS = "seconds";
  private static final String MEGABYTES = "model_megabytes";
  private static final String LATENCY = "latency_ms";

  private static final CsvSchema SCHEMA = schema();
  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ObjectWriter WRITER =
      JSON.writer(
          new DefaultPrettyPrinter()
              .withObjectIndenter(new DefaultIndenter("  ", "\n"))
              .withArrayIndenter(new DefaultIndenter("  ", "\n")));

  private CellFormat() {}

  static String toCsv(List<Cell> cells) {
    try {
      // Jackson writes the header with the first line, so none for no lines.
      return cells.isEmpty()
          ? String.join(",", columns()) + "\n"
          : CSV.writer(SCHEMA).writeValueAsString(cells.stream().map(CellFormat::flat).toList());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a cell that CSV cannot express", e);
    }
  }

  static String toJson(List<Cell> cells) {
    try {
      return WRITER.writeValueAsString(cells.stream().map(CellFormat::tree).toList()) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a cell that JSON cannot express", e);
    }
  }

  static List<Cell> fromCsv(String text, String source) {
    var cells = new ArrayList<Cell>();
    try (MappingIterator<Map<String, String>> lines =
        CSV.readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader().withStrictHeaders(false))
            .readValues(text)) {
      while (lines.hasNextValue()) {
        Map<String, String> line = lines.nextValue();
        cells.add(cell(line, source + ", cell " + (cells.size() + 1)));
      }
    } catch (IOException e) {
      throw unreadable(source, e);
    }
    return cells;
  }

  static List<Cell> fromJson(String text, String source) {
    var cells = new ArrayList<Cell>();
    try {
      JsonNode tree = JSON.readTree(text);
      if (!tree.isArray()) {
        throw new InputException(source + " is not a file of cells: it is not a JSON array");
      }
      for (JsonNode node : tree) {
        var line = new LinkedHashMap<String, String>();
        addValues(node, line);
        addValues(node.path("metrics"), line);
        cells.add(cell(line, source + ", cell " + (cells.size() + 1)));
      }
    } catch (JsonProcessingException e) {
      throw unreadable(source, e);
    }
    return cells;
  }

  private static void addValues(JsonNode node, Map<String, String> line) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (field.getValue().isValueNode() && !field.getValue().isNull()) {
        line.put(field.getKey(), field.getValue().asText());
      }
    }
  }

  private static InputException unreadable(String source, IOException e) {
    String why =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return new InputException(source + " is not a readable file of cells: " + why, e);
  }

  private static List<String> columns() {
    var columns = new ArrayList<>(KEYS);
    for (Metric metric : Metric.values()) {
      columns.add(metric.key());
    }
    columns.addAll(List.of(PARAMETERS, INFERENCE, SECONDS, MEGABYTES, LATENCY));
    return columns;
  }

  private static CsvSchema schema() {
    CsvSchema.Builder builder = CsvSchema.builder();
    columns().forEach(builder::addColumn);
    return builder.build().withHeader().withLineSeparator("\n");
  }

  private static Map<String, String> keys(Cell cell) {
    var keys = new LinkedHashMap<String, String>();
    keys.put("experiment", cell.experiment());
    keys.put("row", cell.row());
    keys.put("dataset", cell.dataset());
    keys.put("category", cell.category());
    keys.put("seed", String.valueOf(cell.seed()));
    keys.put("protocol", cell.protocol().key());
    keys.put("status", cell.status().key());
    keys.put("message", cell.message());
    return keys;
  }

  private static Map<String, String> flat(Cell cell) {
    Map<String, String> line = keys(cell);
    for (Metric metric : Metric.values()) {
      line.put(metric.key(), text(cell.metric(metric)));
    }
    line.put(PARAMETERS, text(cell.parametersMillions()));
    line.put(INFERENCE, text(cell.inferenceSeconds()));
    line.put(SECONDS, text(cell.seconds()));
    line.put(MEGABYTES, text(cell.modelMegabytes()));
    line.put(LATENCY, text(cell.latencyMilliseconds()));
    return line;
  }

  private static String text(OptionalDouble value) {
    return value.isEmpty() ? "" : String.valueOf(value.getAsDouble());
  }

  private static ObjectNode tree(Cell cell) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    keys(cell).forEach(node::put);
    node.put("seed", cell.seed());
    ObjectNode metrics = node.putObject("metrics");
    cell.metrics().forEach((metric, value) -> metrics.put(metric.key(), value));
    cell.parametersMillions().ifPresent(value -> node.put(PARAMETERS, value));
    cell.inferenceSeconds().ifPresent(value -> node.put(INFERENCE, value));
    cell.seconds().ifPresent(value -> node.put(SECONDS, value));
    cell.modelMegabytes().ifPresent(value -> node.put(MEGABYTES, value));
    cell.latencyMilliseconds().ifPresent(value -> node.put(LATENCY, value));
    return node;
  }

  private static Cell cell(Map<String, String> line, String where) {
    try {
      var metrics = new EnumMap<Metric, Double>(Metric.class);
      for (Metric metric : Metric.values()) {
        number(line, metric.key()).ifPresent(value -> metrics.put(metric, value));
      }
      return new Cell(
          required(line, "experiment"),
          required(line, "row"),
          required(line, "dataset"),
          required(line, "category"),
          Long.parseLong(required(line, "seed")),
          Protocol.named(required(line, "protocol")),
          status(required(line, "status")),
          line.getOrDefault("message", ""),
          metrics,
          number(line, PARAMETERS),
          number(line, INFERENCE),
          number(line, SECONDS),
          number(line, MEGABYTES),
          number(line, LATENCY));
    } catch (IllegalArgumentException e) {
      throw new InputException(where + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static String required(Map<String, String> line, String key) {
    String value = line.get(key);
    if (value == null) {
      throw new IllegalArgumentException("it has no " + key);
    }
    return value;
  }

  private static OptionalDouble number(Map<String, String> line, String key) {
    String value = line.get(key);
    return value == null || value.isBlank()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(value));
  }

  private static Cell.Status status(String key) {
    for (Cell.Status status : Cell.Status.values()) {
      if (status.key().equals(key)) {
        return status;
      }
    }
    throw new IllegalArgumentException("there is no status " + key);
  }
}
