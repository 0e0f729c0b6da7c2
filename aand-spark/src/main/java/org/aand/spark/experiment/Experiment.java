package org.aand.spark.experiment;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.aand.cli.Main;

/**
 * The program that spark-submit starts to run an experiment: {@code experiment --on spark} with its
 * options. It needs {@code aand.jar} beside its own ({@code --jars aand.jar}).
 */
public final class Experiment {
  private Experiment() {}

  /** Runs the program and, unless all went well, ends the JVM with the exit code. */
  public static void main(String[] arguments) {
    int code =
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Runs the program; the exit code. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    var words = new ArrayList<>(List.of("experiment", "--on", SparkKind.KEY));
    words.addAll(List.of(arguments));
    return Main.run(out, err, words.toArray(String[]::new));
  }
}
