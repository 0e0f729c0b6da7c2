package org.aand.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.aand.report.Method;
import org.aand.run.CalibrationChoice;
import org.aand.run.TeacherChoice;
import org.aand.run.TrainRequest;
import org.aand.run.TrainRun;
import org.aand.teacher.Backbone;
import org.aand.train.TrainingSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}: trains on a category and writes a run folder. */
@Command(
    name = "train",
    description = "Trains on good pictures, looks at the test pictures, writes a run folder.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The run folder holds config.json, result.json, model.aand and report.html.",
      "",
      "Example:",
      "  aand train --data mvtec --category bottle --backbone resnet18 \\",
      "             --weights resnet18.h5 --textures dtd/images --out runs/bottle"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DataOptions from;

  @Option(
      names = "--backbone",
      paramLabel = "B",
      description = "wide_resnet50_2 (default), resnet50, resnet34 or resnet18.",
      defaultValue = "wide_resnet50_2")
  private String backbone;

  @ArgGroup(multiplicity = "1")
  private TeacherOptions teacher;

  /** Where the teacher's weights come from; one of the two has to be said. */
  static final class TeacherOptions {
    @Option(
        names = "--weights",
        required = true,
        paramLabel = "FILE",
        description = "The backbone's ImageNet weights, Keras HDF5.")
    private @Nullable Path weights;

    @Option(
        names = "--random-teacher",
        required = true,
        description = "Use random weights instead, for experiments (the paper's Table I).")
    private boolean random;
  }

  @Option(
      names = "--textures",
      paramLabel = "DIR",
      description = "Pictures of textures for synthetic anomalies; generated ones if left out.")
  private @Nullable Path textures;

  @Option(
      names = "--method",
      paramLabel = "aand|rd",
      defaultValue = "aand",
      description = "The method (default: aand), or the baseline RD by the same code.")
  private Method method;

  @Option(
      names = "--stage1-epochs",
      paramLabel = "N",
      defaultValue = "100",
      description = "Epochs on synthetic anomalies (default: ${DEFAULT-VALUE}).")
  private int stage1Epochs;

  @Option(
      names = "--stage2-epochs",
      paramLabel = "N",
      defaultValue = "120",
      description = "Epochs on good pictures (default: ${DEFAULT-VALUE}).")
  private int stage2Epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "16",
      description = "Pictures a step (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--image-size",
      paramLabel = "N",
      defaultValue = "256",
      description = "Width and height that pictures are brought to (default: ${DEFAULT-VALUE}).")
  private int imageSize;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of all randomness (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--calibration-share",
      paramLabel = "P",
      description = {
        "Share of the good pictures that is set aside, not trained on, to set the threshold by;"
            + " at least 20, at most half of them. 0 for none."
            + " Default: 0.1 where there are no test pictures, else 0."
      })
  private @Nullable Double calibrationShare;

  @Option(
      names = "--false-alarm-rate",
      paramLabel = "P",
      defaultValue = "0.05",
      description = "Share of good parts that may be called anomalous (default: ${DEFAULT-VALUE}).")
  private double falseAlarmRate;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  TrainCommand() {}

  @Override
  public Integer call() {
    var request = request();
    try (var progress = new ConsoleProgress(spec.commandLine().getOut())) {
      var run = TrainRun.execute(request, progress);
      Summary.print(run.result(), request.out(), spec.commandLine().getOut());
    }
    return CommandLine.ExitCode.OK;
  }

  private TrainRequest request() {
    try {
      var weights = teacher.weights;
      if (imageSize < 32 || imageSize % 32 != 0) {
        throw new IllegalArgumentException("--image-size has to be a multiple of 32");
      }
      return new TrainRequest(
          from.data,
          from.category,
          Backbone.named(backbone),
          weights == null ? new TeacherChoice.Random(seed) : new TeacherChoice.FromFile(weights),
          Optional.ofNullable(textures),
          method,
          imageSize,
          new TrainingSettings(stage1Epochs, stage2Epochs, batchSize, seed),
          from.skipBad,
          from.out,
          Summary.commandLine(spec),
          new CalibrationChoice(
              calibrationShare == null
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(calibrationShare),
              falseAlarmRate));
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
