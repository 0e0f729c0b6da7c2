package org.aand.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The processor's seconds of this process by the names of its threads, where Linux tells them. */
final class ThreadTimes {
  private static final Path PROCESS = Path.of("/proc/self");
  private static final String ENDED = "threads that have ended";
  private static final double TICKS_PER_SECOND = 100;

  // Of what follows the name in parentheses.
  private static final int USER = 11;
  private static final int SYSTEM = 12;

  private ThreadTimes() {}

  /** By name; empty elsewhere. Names are cut after 15 characters. */
  static Map<String, Double> read() throws IOException {
    var times = new TreeMap<String, Double>();
    if (!Files.isReadable(PROCESS.resolve("stat"))) {
      return times;
    }
    double left = seconds(Files.readString(PROCESS.resolve("stat")));
    try (var threads = Files.newDirectoryStream(PROCESS.resolve("task"))) {
      for (var thread : threads) {
        var line = Files.readString(thread.resolve("stat"));
        double seconds = seconds(line);
        left -= seconds;
        times.merge(
            line.substring(line.indexOf('(') + 1, line.lastIndexOf(')')), seconds, Double::sum);
      }
    }
    times.put(ENDED, left);
    return times;
  }

  private static double seconds(String line) {
    var words = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(words[USER]) + Long.parseLong(words[SYSTEM])) / TICKS_PER_SECOND;
  }

  /** The mean of several processes, for people, the greatest first; what is below 0.02 s is not. */
  static String describe(List<Map<String, Double>> processes) {
    var sums = new TreeMap<String, Double>();
    processes.forEach(process -> process.forEach((name, t) -> sums.merge(name, t, Double::sum)));
    int count = processes.size();
    return sums.entrySet().stream()
        .filter(e -> e.getValue() / count >= 0.02)
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(e -> String.format(Locale.ROOT, "%s %.2f", e.getKey(), e.getValue() / count))
        .collect(Collectors.joining(", "));
  }
}
