package org.aand.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.aand.pipeline.EvaluateRun;
import org.aand.serve.cli.EngineOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: evaluates a category's test images with a trained model. */
@Command(
    name = "evaluate",
    description = "Evaluates test images with a trained model, writes a run folder.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  aand evaluate --model runs/bottle --data mvtec --category bottle \\",
      "                --out runs/again"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DataOptions from;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "Run folder that train has written, or a model file.")
  private Path model;

  @Mixin private EngineOption by;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  EvaluateCommand() {}

  @Override
  public Integer call() {
    var request =
        new EvaluateRun.Request(
            model,
            by.engine(),
            from.data,
            from.layout,
            from.category,
            from.skipBad,
            from.out,
            RunSummary.commandLine(spec));
    try (var progress = new ConsoleProgress(spec.commandLine().getOut())) {
      var run = EvaluateRun.execute(request, progress);
      RunSummary.print(run.result(), from.out, spec.commandLine().getOut());
    }
    return CommandLine.ExitCode.OK;
  }
}
