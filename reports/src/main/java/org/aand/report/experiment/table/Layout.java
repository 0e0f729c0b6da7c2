package org.aand.report.experiment.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The rows of a table as lists of text, for forms that set one cell after the other. */
final class Layout {
  private Layout() {}

  /** The heads of the columns that hold text, the one of the kinds included. */
  static List<String> textHeads(Table table) {
    var heads = new ArrayList<String>(table.textHeads());
    if (table.hasKinds()) {
      heads.add("");
    }
    return heads;
  }

  /**
   * Hands over the lines of a group; its text stands on the first one alone.
   *
   * @param text how text is escaped
   * @param entry how a value is printed
   */
  static void lines(
      Table table,
      Table.Group group,
      UnaryOperator<String> text,
      Function<Entry, String> entry,
      Consumer<List<String>> row) {
    boolean first = true;
    for (Table.Line line : group.lines()) {
      var cells = new ArrayList<String>();
      for (String own : group.text()) {
        cells.add(first ? text.apply(own) : "");
      }
      if (table.hasKinds()) {
        cells.add(text.apply(line.label()));
      }
      line.entries().forEach(value -> cells.add(entry.apply(value)));
      row.accept(cells);
      first = false;
    }
  }
}
