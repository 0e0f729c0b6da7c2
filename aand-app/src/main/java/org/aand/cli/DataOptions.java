package org.aand.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that every command on a data set has which writes a run folder. */
final class DataOptions extends CategoryOptions {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "RUN_DIR",
      description = "Run folder to write; must not exist yet, or be empty.")
  Path out;

  @Option(
      names = "--skip-bad",
      description = "Report and leave out test images that cannot be used.")
  boolean skipBad;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DataOptions() {}
}
