package org.aand.report.experiment;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The mean of cells over categories and seeds, each category counting alike however many seeds it
 * has.
 *
 * @param mean the mean over the categories of each one's mean over its seeds; empty without a value
 * @param deviation the sample deviation of the seeds' means, over the seeds that have all these
 *     categories; empty with fewer than two of them
 * @param seeds the number of seeds that have all these categories
 * @param categories the categories with a value, as "data set/category"
 * @param failed those without one that were tried and given up
 */
public record Average(
    OptionalDouble mean,
    OptionalDouble deviation,
    int seeds,
    SortedSet<String> categories,
    SortedSet<String> failed) {

  /**
   * The mean of the cells that have a value.
   *
   * @param cells cells of one row under one protocol
   * @param value the value of a cell
   */
  public static Average of(Collection<Cell> cells, Function<Cell, OptionalDouble> value) {
    var byCategory = new TreeMap<String, Map<Long, Double>>();
    var failed = new TreeSet<String>();
    for (Cell cell : cells) {
      String category = category(cell);
      if (!cell.isDone()) {
        failed.add(category);
      }
      value
          .apply(cell)
          .ifPresent(
              v ->
                  byCategory
                      .computeIfAbsent(category, key -> new LinkedHashMap<>())
                      .put(cell.seed(), v));
    }
    failed.removeAll(byCategory.keySet());
    List<Double> seeds = seedMeans(byCategory.values());
    return new Average(
        byCategory.values().stream().mapToDouble(bySeed -> mean(bySeed.values())).average(),
        deviation(seeds),
        seeds.size(),
        new TreeSet<>(byCategory.keySet()),
        failed);
  }

  /** How a cell's category is named here. */
  public static String category(Cell cell) {
    return cell.dataset() + "/" + cell.category();
  }

  private static List<Double> seedMeans(Collection<Map<Long, Double>> categories) {
    Set<Long> seeds = new TreeSet<>();
    categories.forEach(bySeed -> seeds.addAll(bySeed.keySet()));
    categories.forEach(bySeed -> seeds.retainAll(bySeed.keySet()));
    return seeds.stream()
        .map(
            seed ->
                categories.stream()
                    .mapToDouble(bySeed -> bySeed.getOrDefault(seed, Double.NaN))
                    .average()
                    .orElseThrow())
        .toList();
  }

  private static OptionalDouble deviation(List<Double> values) {
    if (values.size() < 2) {
      return OptionalDouble.empty();
    }
    double mean = mean(values);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return OptionalDouble.of(Math.sqrt(squares / (values.size() - 1)));
  }

  private static double mean(Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
