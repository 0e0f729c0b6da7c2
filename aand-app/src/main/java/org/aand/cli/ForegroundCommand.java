package org.aand.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.aand.pipeline.ForegroundRun;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreground}: shows where synthetic anomalies would be put. */
@Command(
    name = "foreground",
    description =
        "Shows what counts as the object in training images, where synthetic anomalies are placed.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Each training image is written as PNG with the object outlined; an image without an"
          + " outline counts as object entirely.",
      "",
      "Example:",
      "  aand foreground --data mvtec --category bottle --out bottle-foreground"
    })
final class ForegroundCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CategoryOptions from;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder to write; must not exist yet, or be empty.")
  private Path out;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ForegroundCommand() {}

  @Override
  public Integer call() {
    var writer = spec.commandLine().getOut();
    var category = from.open();
    try (var progress = new ConsoleProgress(writer)) {
      var found = ForegroundRun.execute(category, out, progress);
      writer.println("Rule for " + category.name() + ": " + found.rule().describe());
      writer.println(
          "Everything counts as object in "
              + found.whole()
              + " of "
              + found.images()
              + " images; see "
              + out);
    }
    return CommandLine.ExitCode.OK;
  }
}
