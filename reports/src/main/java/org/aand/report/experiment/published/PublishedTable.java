package org.aand.report.experiment.published;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.aand.report.Protocol;
import org.aand.report.experiment.Measure;
import org.jspecify.annotations.Nullable;

/**
 * A table of the paper, in its layout and with its values.
 *
 * @param id its Roman number
 * @param file the name of its files, without the ending
 * @param experiment the key of the experiment whose cells stand beside the published values
 * @param title what it compares
 * @param source where the values come from
 * @param metric what its values are
 * @param protocol how the paper's own rows chose their checkpoint
 * @param text the heads of the columns that hold text
 * @param columns the columns that hold values
 * @param others experiments whose cells stand here too, in rows that the paper has; may be left out
 * @param rows its rows from top to bottom
 * @param notes what a reader must know about the published values
 * @param misfits printed values that contradict others of the paper; they are kept as printed
 */
public record PublishedTable(
    String id,
    String file,
    String experiment,
    String title,
    String source,
    String metric,
    Protocol protocol,
    List<String> text,
    List<Column> columns,
    @Nullable List<String> others,
    List<Row> rows,
    List<String> notes,
    List<Misfit> misfits) {

  /**
   * A column of values.
   *
   * @param group the head above it, empty if there is none
   * @param label its own head
   * @param measure what it holds
   * @param dataset the data set's key; {@code null} when the value depends on none
   * @param category the category's key; {@code null} for the mean over all
   * @param experiment the experiment it is measured by, {@code null} for the table's own
   */
  public record Column(
      String group,
      String label,
      Measure measure,
      @Nullable String dataset,
      @Nullable String category,
      @Nullable String experiment) {}

  /**
   * A row.
   *
   * @param key its key in cells
   * @param label its name where it stands without its table, {@code null} for the last text that is
   *     the method
   * @param measured whether this project can measure it
   * @param text what stands in the columns of text
   * @param values what stands in the columns of values, {@code null} where the paper prints a dash
   */
  public record Row(
      String key,
      @Nullable String label,
      boolean measured,
      List<String> text,
      List<@Nullable Double> values) {
    /** Copies the lists. */
    public Row {
      requireNonNull(key, "key");
      text = List.copyOf(text);
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** Its name where it stands without its table. */
    public String name() {
      return label == null ? text.get(0) : label;
    }
  }

  /**
   * A printed value that contradicts another one.
   *
   * @param row the row's key
   * @param column the column's position, from 0
   * @param what how it contradicts
   */
  public record Misfit(String row, int column, String what) {}

  /**
   * @throws IllegalArgumentException if a row does not fit the columns
   */
  public PublishedTable {
    text = List.copyOf(text);
    columns = List.copyOf(columns);
    others = others == null ? List.of() : List.copyOf(others);
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
    misfits = List.copyOf(misfits);
    for (Row row : rows) {
      if (row.values().size() != columns.size() || row.text().size() != text.size()) {
        throw new IllegalArgumentException("row " + row.key() + " of table " + id);
      }
    }
  }

  /** The experiment that measures a column. */
  public String experiment(Column column) {
    return column.experiment() == null ? experiment : column.experiment();
  }

  /** Whether a column takes an experiment's cells. */
  public boolean takes(Column column, String from) {
    return from.equals(experiment(column)) || others.contains(from);
  }

  /** The row with a key. */
  public Optional<Row> row(String key) {
    return rows.stream().filter(row -> row.key().equals(key)).findFirst();
  }
}
