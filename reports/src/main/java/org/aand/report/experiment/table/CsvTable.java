package org.aand.report.experiment.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A table as CSV: every line with its text, so that lines can be filtered; a column of deviations
 * and one of coverage beside each column of values that has any. Numbers have a point and a hyphen.
 */
public final class CsvTable {
  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();

  private CsvTable() {}

  /** The table with a line of heads; without its notes. */
  public static String of(Table table) {
    List<Boolean> deviations = has(table, entry -> !entry.deviation().isEmpty());
    List<Boolean> coverages = has(table, entry -> !entry.coverage().isEmpty());
    var rows = new ArrayList<List<String>>();
    var heads = new ArrayList<String>(table.textHeads());
    if (table.hasKinds()) {
      heads.add("Values");
    }
    for (int i = 0; i < table.heads().size(); i++) {
      String head = table.heads().get(i).line();
      heads.add(head);
      addIf(deviations.get(i), heads, head + " deviation");
      addIf(coverages.get(i), heads, head + " categories");
    }
    rows.add(heads);
    for (Table.Group group : table.groups()) {
      for (Table.Line line : group.lines()) {
        var row = new ArrayList<String>(group.text());
        if (table.hasKinds()) {
          row.add(line.label());
        }
        for (int i = 0; i < line.entries().size(); i++) {
          Entry entry = line.entries().get(i);
          row.add(value(entry));
          addIf(deviations.get(i), row, entry.deviation());
          addIf(coverages.get(i), row, entry.coverage());
        }
        rows.add(row);
      }
    }
    try {
      return CSV.writer(CSV.schema().withLineSeparator("\n")).writeValueAsString(rows);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a table that CSV cannot express", e);
    }
  }

  private static String value(Entry entry) {
    return switch (entry.state()) {
      case VALUE -> entry.value();
      case NONE -> "";
      case MISSING, FAILED -> entry.state().word();
    };
  }

  private static List<Boolean> has(Table table, Predicate<Entry> property) {
    var has = new ArrayList<Boolean>();
    for (int i = 0; i < table.heads().size(); i++) {
      int column = i;
      has.add(
          table.groups().stream()
              .flatMap(group -> group.lines().stream())
              .anyMatch(line -> property.test(line.entries().get(column))));
    }
    return has;
  }

  private static void addIf(boolean condition, List<String> list, String text) {
    if (condition) {
      list.add(text);
    }
  }
}
