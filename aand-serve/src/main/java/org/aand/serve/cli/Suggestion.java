package org.aand.serve.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What somebody may have meant by a command or an option that there is not. */
final class Suggestion {
  private Suggestion() {}

  /**
   * The nearest option or command, by the letters that have to be changed; empty if none is near.
   */
  static Optional<String> of(String given, CommandLine command) {
    var word = given.contains("=") ? given.substring(0, given.indexOf('=')) : given;
    return word.startsWith("-")
        ? nearest(
            word,
            command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .map(OptionSpec::longestName)
                .toList())
        : nearest(word, command.getSubcommands().keySet());
  }

  static Optional<String> nearest(String word, Collection<String> names) {
    var lower = word.toLowerCase(Locale.ROOT);
    int tolerated = Math.max(1, lower.replace("-", "").length() / 3);
    return names.stream()
        .filter(name -> distance(lower, name) <= tolerated || isBegun(lower, name))
        .min(
            Comparator.<String>comparingInt(name -> distance(lower, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Whether a name was not written to its end, or beyond. */
  private static boolean isBegun(String word, String name) {
    return word.length() > 4 && (name.startsWith(word) || word.startsWith(name + "s"));
  }

  /** Insertions, deletions, replacements and swaps of neighbours. */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
