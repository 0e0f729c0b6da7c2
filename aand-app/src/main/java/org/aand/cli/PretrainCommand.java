package org.aand.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.aand.network.teacher.Backbone;
import org.aand.pipeline.PretrainRun;
import org.aand.train.TeacherDistillation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pretrain}: distils a small teacher from a larger one. */
@Command(
    name = "pretrain",
    description = "Distils a small teacher from a larger one on generated images.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The small teacher has the larger one's channels and fewer blocks. Its file is for"
          + " train --teacher FILE; the program's own was made by:",
      "  aand pretrain --weights resnet18.h5 --backbone resnet18 --out teacher.zip"
    })
final class PretrainCommand implements Callable<Integer> {
  private static final int TOLD_EVERY = 100;

  @Spec private CommandSpec spec;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "FILE",
      description = "The larger teacher's ImageNet weights, Keras HDF5.")
  private Path weights;

  @Option(
      names = "--backbone",
      required = true,
      paramLabel = "B",
      description = "The larger teacher: resnet18 or resnet34.")
  private String backbone;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "4000",
      description = "Steps of the optimiser (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "24",
      description = "Images per step, all of them new (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--image-size",
      paramLabel = "N",
      defaultValue = "128",
      description = "Width and height of the images (default: ${DEFAULT-VALUE}).")
  private int imageSize;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of all randomness (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The small teacher's file.")
  private Path out;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  PretrainCommand() {}

  @Override
  public Integer call() {
    var print = spec.commandLine().getOut();
    double[] sum = new double[1];
    double distance =
        PretrainRun.execute(
            request(),
            (step, local) -> {
              sum[0] += local;
              if (step % TOLD_EVERY == 0) {
                print.printf(
                    Locale.ROOT,
                    "step %d of %d: mean distance %.4f%n",
                    step,
                    steps,
                    sum[0] / TOLD_EVERY);
                print.flush();
                sum[0] = 0;
              }
            });
    print.printf(
        Locale.ROOT,
        "Mean distance in the last tenth of the steps: %.4f%nTeacher: %s%n",
        distance,
        out);
    return CommandLine.ExitCode.OK;
  }

  private PretrainRun.Request request() {
    try {
      return new PretrainRun.Request(
          Backbone.resnet10(),
          Backbone.named(backbone),
          weights,
          new TeacherDistillation.Options(steps, batchSize, imageSize, 0.001),
          seed,
          out,
          RunSummary.commandLine(spec));
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
