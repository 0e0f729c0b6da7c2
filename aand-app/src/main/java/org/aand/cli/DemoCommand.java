package org.aand.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.aand.demo.DemoRun;
import org.aand.runfolder.RunFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: the whole method on a generated product. */
@Command(
    name = "demo",
    description = {
      "Shows the whole method on a generated product; needs no file.",
      "",
      "Draws images of a product with and without defects, trains AAND and RD on the normal ones and writes"
          + " a report with both side by side. Takes a few minutes."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final String DEFAULT = "demo-run";

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder to write (default: demo-run, or demo-run-2 if that exists, ...).")
  private @Nullable Path out;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DemoCommand() {}

  @Override
  public Integer call() {
    var folder = out == null ? free() : out;
    var writer = spec.commandLine().getOut();
    try (var progress = new ConsoleProgress(writer)) {
      for (var run :
          DemoRun.execute(
              folder, DemoRun.Settings.defaults(), RunSummary.commandLine(spec), progress)) {
        RunSummary.print(run.result(), folder.resolve(run.result().method().key()), writer);
      }
    }
    writer.println();
    writer.println("Both side by side: " + folder.resolve(RunFolder.REPORT));
    return CommandLine.ExitCode.OK;
  }

  private static Path free() {
    var folder = Path.of(DEFAULT);
    for (int i = 2; Files.exists(folder); i++) {
      folder = Path.of(DEFAULT + "-" + i);
    }
    return folder;
  }
}
