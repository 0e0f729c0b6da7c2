package org.aand.serve.cli;

import org.aand.detect.DetectionEngine;
import picocli.CommandLine.Option;

/** What runs the network; for every command that runs one. */
public final class EngineOption {
  @Option(
      names = "--engine",
      paramLabel = "java|samediff",
      defaultValue = "java",
      converter = EngineName.class,
      description = {
        "What runs the network (default: ${DEFAULT-VALUE}): plain Java, or, in aand.jar, SameDiff"
            + " on ND4J with its native libraries. Scores are the same up to rounding."
      })
  private DetectionEngine engine;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  EngineOption() {}

  /** The engine. */
  public DetectionEngine engine() {
    return engine;
  }
}
