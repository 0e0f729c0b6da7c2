package org.aand.report.page.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.aand.report.experiment.table.Entry;
import org.aand.report.experiment.table.Table;

/**
 * A table as the template sees it.
 *
 * @param table heads, notes and failures
 * @param rows its lines
 */
record TableView(Table table, List<Row> rows) {
  /**
   * A line.
   *
   * @param style its classes
   * @param texts what stands in the columns of text; only on the first line of a method
   * @param span over how many lines they reach
   * @param label where its values come from
   */
  record Row(String style, List<String> texts, int span, String label, List<CellView> cells) {}

  /**
   * A value.
   *
   * @param style its classes
   * @param below what stands below it in small print, line by line
   */
  record CellView(String style, String text, List<String> below) {}

  static TableView of(Table table) {
    var rows = new ArrayList<Row>();
    String above = "";
    for (Table.Group group : table.groups()) {
      for (int i = 0; i < group.lines().size(); i++) {
        Table.Line line = group.lines().get(i);
        String style = line.kind().name().toLowerCase(Locale.ROOT);
        style += i == 0 ? " first" : "";
        style += i == 0 && group.opens() ? " opens" : "";
        rows.add(
            new Row(
                style,
                i == 0 ? texts(table, group, above) : List.of(),
                group.lines().size(),
                line.label(),
                line.entries().stream().map(TableView::cell).toList()));
      }
      above = group.text().get(0);
    }
    return new TableView(table, rows);
  }

  /** Its classes: whether it compares, and whether it is too wide for the usual letters. */
  String style() {
    return "values"
        + (table.hasKinds() ? " compared" : "")
        + (table.heads().size() > 12 ? " wide" : "");
  }

  int texts() {
    return table.textHeads().size() + (table.hasKinds() ? 1 : 0);
  }

  /** The leading text of neighbours that share it, such as a metric, stands once. */
  private static List<String> texts(Table table, Table.Group group, String above) {
    var texts = new ArrayList<>(group.text());
    if (texts.size() > 1
        && !table.textHeads().get(0).equals("Exp.")
        && texts.get(0).equals(above)) {
      texts.set(0, "");
    }
    return texts;
  }

  private static CellView cell(Entry entry) {
    if (!entry.hasValue()) {
      return new CellView(
          entry.state().name().toLowerCase(Locale.ROOT), entry.state().word(), List.of());
    }
    var below = new ArrayList<String>();
    if (!entry.deviation().isEmpty()) {
      below.add("±" + entry.deviation());
    }
    if (!entry.coverage().isEmpty()) {
      below.add(entry.coverage());
    }
    String text = entry.value().replace('-', '−') + (entry.doubtful() ? "†" : "");
    return new CellView(entry.best() ? "best" : "value", text, below);
  }
}
