package org.aand.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.aand.nn.Observer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the time of a program's runs goes: milliseconds a run and GFLOP/s of each operation, by its
 * name and shapes.
 */
final class OperationProfile implements Observer {
  private static final class Entry {
    private int calls;
    private long nanos;
    private double operations;
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private int runs;
  private long last;

  /** To be called before every run. */
  void begin() {
    runs++;
    last = System.nanoTime();
  }

  @Override
  public void ran(String operation, List<INDArray> inputs, List<INDArray> outputs) {
    long now = System.nanoTime();
    var what = operation + " " + shapes(inputs) + " -> " + shapes(outputs.subList(0, 1));
    var entry = entries.computeIfAbsent(what, key -> new Entry());
    entry.calls++;
    entry.nanos += now - last;
    entry.operations += floatingPoint(operation, inputs, outputs);
    last = System.nanoTime();
  }

  private static String shapes(List<INDArray> arrays) {
    return arrays.stream()
        .limit(2)
        .map(a -> Arrays.toString(a.shape()).replace(" ", ""))
        .collect(Collectors.joining(" "));
  }

  /** Multiplications and additions of the products in an operation; 0 for all others. */
  private static double floatingPoint(
      String operation, List<INDArray> inputs, List<INDArray> outputs) {
    return switch (operation) {
      case "Convolution" -> product(outputs.get(0), inputs.get(1));
      case "TransposedConvolution" -> product(inputs.get(0), inputs.get(1));
      case "MemoryMatching" -> product(inputs.get(0), inputs.get(1));
      case "Convolution_bp" ->
          product(inputs.get(2), inputs.get(1))
              * (outputs.stream().anyMatch(o -> same(o, inputs.get(0))) ? 2 : 1);
      case "TransposedConvolution_bp", "MemoryMatching_bp" ->
          2 * product(inputs.get(0), inputs.get(1));
      default -> 0;
    };
  }

  private static boolean same(INDArray a, INDArray b) {
    return Arrays.equals(a.shape(), b.shape());
  }

  /** Every value of a map with C channels is multiplied with a kernel's values over C. */
  private static double product(INDArray map, INDArray kernel) {
    long channels = map.size(map.rank() - 1);
    return 2.0 * map.length() * (kernel.length() / (double) channels);
  }

  /** A line an operation, the slowest first, and a sum. */
  List<String> lines() {
    double total = entries.values().stream().mapToLong(e -> e.nanos).sum();
    var lines = new ArrayList<String>();
    entries.entrySet().stream()
        .sorted((x, y) -> Long.compare(y.getValue().nanos, x.getValue().nanos))
        .forEach(e -> lines.add(line(e.getKey(), e.getValue(), total)));
    var sum = new Entry();
    entries.values().forEach(e -> add(sum, e));
    lines.add(line("all", sum, total));
    return lines;
  }

  private static void add(Entry sum, Entry entry) {
    sum.calls += entry.calls;
    sum.nanos += entry.nanos;
    sum.operations += entry.operations;
  }

  private String line(String what, Entry entry, double total) {
    return String.format(
        Locale.ROOT,
        "%8.2f ms %5.1f %% %4d x %6.1f GFLOP/s  %s",
        entry.nanos / 1e6 / runs,
        100 * entry.nanos / total,
        entry.calls / runs,
        entry.operations / entry.nanos,
        what);
  }
}
