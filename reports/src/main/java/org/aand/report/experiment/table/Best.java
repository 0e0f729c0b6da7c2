package org.aand.report.experiment.table;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Finds the best of a column as a reader sees it: values that print the same are equal. */
final class Best {
  private Best() {}

  /**
   * Whether each entry is the best; several are if they print the same, and none is if fewer than
   * two have a value.
   */
  static List<Boolean> of(List<Entry> column, boolean moreIsBetter) {
    List<BigDecimal> values =
        column.stream()
            .filter(Entry::hasValue)
            .map(entry -> new BigDecimal(entry.value()))
            .toList();
    Optional<BigDecimal> best =
        values.size() < 2
            ? Optional.empty()
            : values.stream().reduce((a, b) -> moreIsBetter == (a.compareTo(b) >= 0) ? a : b);
    return column.stream()
        .map(
            entry ->
                entry.hasValue()
                    && best.filter(b -> b.compareTo(new BigDecimal(entry.value())) == 0)
                        .isPresent())
        .toList();
  }
}
