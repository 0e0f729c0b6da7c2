package org.aand.report.experiment.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.aand.report.experiment.Average;
import org.aand.report.experiment.Cell;
import org.aand.report.experiment.Measure;

/**
 * One column of a table under one protocol: the averages of its rows, from top to bottom.
 *
 * @param measure what it holds
 * @param expected the categories that it should cover, as {@link Average#category} names them;
 *     empty if any will do
 * @param averages an average for each row
 */
record MeasuredColumn(Measure measure, Set<String> expected, List<Average> averages) {

  /**
   * The column.
   *
   * @param rows the keys of the rows, from top to bottom
   * @param cells their cells under one protocol; those of other categories are left out
   */
  static MeasuredColumn of(
      Measure measure, Set<String> expected, List<String> rows, List<Cell> cells) {
    List<Cell> inside =
        cells.stream()
            .filter(cell -> expected.isEmpty() || expected.contains(Average.category(cell)))
            .toList();
    var averages = new ArrayList<Average>();
    for (String row : rows) {
      List<Cell> own = inside.stream().filter(cell -> cell.row().equals(row)).toList();
      averages.add(Average.of(own, measure::of));
    }
    return new MeasuredColumn(measure, expected, averages);
  }

  /** The entries of the rows, with the best in bold among those that cover the same categories. */
  List<Entry> entries() {
    Set<String> widest = widest();
    List<Entry> plain = averages.stream().map(this::entry).toList();
    var eligible = new ArrayList<Entry>();
    for (int i = 0; i < plain.size(); i++) {
      boolean counts = averages.get(i).categories().equals(widest);
      eligible.add(counts ? plain.get(i) : Entry.of(Entry.State.NONE));
    }
    List<Boolean> best = Best.of(eligible, measure.moreIsBetter());
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < plain.size(); i++) {
      entries.add(plain.get(i).bestIf(best.get(i)));
    }
    return entries;
  }

  /** Whether a row covers everything that it should. */
  boolean isComplete(int row) {
    return averages.get(row).categories().containsAll(expected);
  }

  /** The largest set of categories that a row covers; empty if rows cover different ones. */
  private Set<String> widest() {
    int most = averages.stream().mapToInt(a -> a.categories().size()).max().orElse(0);
    var sets = new ArrayList<Set<String>>();
    averages.stream()
        .map(Average::categories)
        .filter(set -> set.size() == most)
        .distinct()
        .sorted(Comparator.comparing(Object::toString))
        .forEach(sets::add);
    return sets.size() == 1 ? sets.get(0) : new TreeSet<>();
  }

  private Entry entry(Average average) {
    if (average.mean().isEmpty()) {
      return Entry.of(average.failed().isEmpty() ? Entry.State.MISSING : Entry.State.FAILED);
    }
    int covered = average.categories().size();
    return new Entry(
        Entry.State.VALUE,
        Decimal.fixed(average.mean().getAsDouble(), measure.decimals()),
        average.deviation().isEmpty()
            ? ""
            : Decimal.fixed(average.deviation().getAsDouble(), deviationDecimals()),
        covered < expected.size() ? covered + "/" + expected.size() : "",
        false,
        false);
  }

  private int deviationDecimals() {
    return measure.decimals() + 1;
  }
}
