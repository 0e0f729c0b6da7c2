package org.aand.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.aand.common.image.ImageSize;
import org.aand.common.listing.FileNames;
import org.aand.io.variation.Variation;
import org.aand.model.Tiling;
import org.aand.pipeline.CalibrationChoice;
import org.aand.pipeline.Continuation;
import org.aand.pipeline.Methods;
import org.aand.pipeline.Observations;
import org.aand.pipeline.Recipe;
import org.aand.pipeline.TrainConfig;
import org.aand.pipeline.TrainRequest;
import org.aand.pipeline.TrainRun;
import org.aand.report.Protocol;
import org.aand.train.MethodSettings;
import org.aand.train.TrainingSettings;
import org.aand.variant.FeatureDiscrimination;
import org.aand.variant.Variant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}: trains on a category and writes a run folder. */
@Command(
    name = "train",
    description = "Trains on normal images, evaluates the test images, writes a run folder.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The run folder holds config.json, result.json, model.aand and report.html.",
      "A training that was interrupted resumes where it was when started again.",
      "",
      "How long it takes: about --time-budget, 10 minutes unless said; the schedule and an"
          + " estimate are shown before the training begins. With epochs instead, each stage has"
          + " epochs x images / batch size steps; the paper's 100 + 120 epochs take from hours to"
          + " days on two cores.",
      "",
      "Examples:",
      "  aand train --data good-parts --out runs/parts",
      "  aand train --from runs/parts --add reviews/parts --out runs/parts2",
      "  aand train --data mvtec --category bottle --backbone resnet18 \\",
      "             --weights resnet18.h5 --textures dtd/images --out runs/bottle"
    })
final class TrainCommand implements Callable<Integer> {
  private static final String CONFIG = "--config";

  @Spec private CommandSpec spec;

  @Mixin private DataOptions from;

  @Mixin private TrainingOptions training;

  @Option(
      names = CONFIG,
      paramLabel = "FILE",
      description = {
        "Begin with the settings of a config.json that a run has written; other options override"
            + " it."
      })
  private @Nullable Path config;

  @Option(
      names = ContinuedRun.FROM,
      paramLabel = "RUN",
      description = {
        "Go on from the model of a run, by the run's settings: backbone and RAA stay, the student"
            + " learns the images of --add beside the old ones, with a fifth of the run's epochs"
            + " (at least 5, or --stage2-epochs; with 0 of these it stays too); then memory bank and"
            + " rule are fitted and the model is calibrated anew."
      })
  private @Nullable Path run;

  @Option(
      names = "--add",
      paramLabel = "DIR",
      description = {
        "More normal images to train on, may be repeated: the false alarms of a model's folder of"
            + " serve --reviews, or all images of another folder. None of them calibrates."
      })
  private List<Path> added = new ArrayList<>();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "aand",
      description = {
        "aand (default); rd, the paper's baseline by the same code; or what others have published:"
            + " padim, patchcore (no gradient, seconds to a minute), st, rd++, simplenet. auto: tries"
            + " padim, then as many others as the time allows, and keeps what finds synthetic"
            + " anomalies on held-out normal images best."
      })
  private MethodOption method;

  @Option(
      names = "--padim-channels",
      paramLabel = "N",
      description = {
        "With padim and auto: how many of the teacher's channels are drawn (the paper's: 100 of ResNet-18's"
            + " 448, 550 of WideResNet-50's 1792). The model grows with their square."
      })
  private @Nullable Integer padimChannels;

  @Option(
      names = "--coreset-share",
      paramLabel = "P",
      description = {
        "With patchcore and auto: the share of the normal images' patches that is kept and searched (default:"
            + " 0.01; the paper has 0.25, 0.1 and 0.01, nearly alike in quality). Model and search"
            + " grow with it."
      })
  private @Nullable Double coresetShare;

  @Option(
      names = "--memory-bank",
      paramLabel = "N",
      description = {
        "With aand, rd and auto, standard recipe: at most so many patches of normal images are kept and"
            + " searched beside the student (default: 2000); 0 for none, which leaves model and"
            + " search out."
      })
  private @Nullable Integer memoryBank;

  @Option(
      names = "--recipe",
      paramLabel = "standard|paper",
      defaultValue = "standard",
      description = {
        "standard (default): for minutes of training; small batches, no loss on the hardest"
            + " locations, map and image score fitted to the normal images. paper: as in the"
            + " paper and the released code."
      })
  private Recipe recipe;

  @Option(
      names = "--resolution",
      paramLabel = "HxW",
      description = {
        "Height and width that images are resized to, at most 1024 each (default: --image-size)."
            + " Above --image-size they are processed in overlapping tiles of that size, so that"
            + " small defects of large images are not lost."
            + " One number for a square."
      })
  private @Nullable ImageSize resolution;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of all randomness (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--augment",
      paramLabel = "KIND[=X],...",
      description = {
        "For lines whose images vary: train on two varied copies of every image too. lighting"
            + " (brightness and contrast, default 0.15: 15 %% up or down), rotation (default 3"
            + " degrees), shift (default 0.02 of the side); such as lighting=0.2,shift."
            + " augmentation.png in the run folder shows some of them before the training begins."
      })
  private @Nullable Variation variation;

  @Option(
      names = "--calibration-share",
      paramLabel = "P",
      description = {
        "Share of the normal images that is held out, not trained on, to set the threshold by;"
            + " at least 20, at most half of them. 0 for none."
            + " Default: 0.1 where there are no test images, else 0."
      })
  private @Nullable Double calibrationShare;

  @Option(
      names = "--false-alarm-rate",
      paramLabel = "P",
      defaultValue = "0.05",
      description =
          "Share of normal parts that may be called anomalous (default: ${DEFAULT-VALUE}).")
  private double falseAlarmRate;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  TrainCommand() {}

  @Override
  public Integer call() {
    var request = request();
    for (int stage : request.skippedStages()) {
      spec.commandLine()
          .getErr()
          .printf(
              Locale.ROOT,
              "aand: --stage%1$d-epochs is 0: what stage %1$d trains stays as it %2$s%n",
              stage,
              run == null ? "was initialised" : "is");
    }
    try (var progress = new ConsoleProgress(spec.commandLine().getOut())) {
      var run = TrainRun.execute(request, progress);
      RunSummary.print(run.result(), request.out(), spec.commandLine().getOut());
    }
    return CommandLine.ExitCode.OK;
  }

  private TrainRequest request() {
    var begun = Optional.ofNullable(config).map(TrainConfig::read);
    var imageSize = training.imageSize().of(from::open);
    try {
      var variant = variant(begun);
      var timeBudget = training.timeBudget(variant.fitted() && !method.isAuto(), recipe);
      if (recipe == Recipe.STANDARD
          && (method.isAuto() || (variant.trainsFirstStage() && variant.trainsSecondStage()))) {
        training.requireEpochsOfBothStages();
      }
      return TrainRequest.builder(from.data, training.backbone(), training.teacher(seed), from.out)
          .category(from.layout, from.category)
          .textures(Optional.ofNullable(training.textures))
          .variant(variant)
          .observations(begun.map(TrainConfig::observations).orElse(new Observations()))
          .protocol(Protocol.named(training.protocol))
          .tiling(Tiling.of(resolution == null ? imageSize : resolution, imageSize))
          .training(settings(begun, variant))
          .recipe(recipe)
          .variation(Optional.ofNullable(variation))
          .choosesMethod(method.isAuto())
          .continuation(new Continuation(Optional.ofNullable(run), added))
          .timeBudget(timeBudget)
          .skipBad(from.skipBad)
          .commandLine(RunSummary.commandLine(spec))
          .calibration(
              new CalibrationChoice(
                  calibrationShare == null
                      ? OptionalDouble.empty()
                      : OptionalDouble.of(calibrationShare),
                  falseAlarmRate))
          .build();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private TrainingSettings settings(Optional<TrainConfig> begun, Variant variant) {
    var settings =
        training.settings(
            begun.map(TrainConfig::training).orElse(new TrainingSettings()), recipe, seed);
    var methods = settings.methods();
    if (padimChannels != null) {
      require(
          variant,
          FeatureDiscrimination.PADIM,
          "--padim-channels belongs to --method padim or auto");
      if (padimChannels < 1) {
        throw new IllegalArgumentException("--padim-channels is at least 1");
      }
      methods = methods.with(new MethodSettings.Padim(padimChannels, methods.padim().shrinkage()));
    }
    if (coresetShare != null) {
      require(
          variant,
          FeatureDiscrimination.PATCHCORE,
          "--coreset-share belongs to --method patchcore or auto");
      if (!(coresetShare > 0 && coresetShare <= 1)) {
        throw new IllegalArgumentException("--coreset-share is above 0 and at most 1");
      }
      methods =
          methods.with(
              new MethodSettings.PatchCore(coresetShare, methods.patchCore().neighbours()));
    }
    if (memoryBank != null) {
      if (recipe == Recipe.PAPER || (!method.isAuto() && !variant.joinsMemoryBank())) {
        throw new IllegalArgumentException(
            "--memory-bank belongs to the standard recipe of --method aand, rd or auto");
      }
      if (memoryBank < 0) {
        throw new IllegalArgumentException("--memory-bank is not negative; 0 is without one");
      }
      methods = methods.withBankItems(memoryBank);
    }
    return settings.copy().methods(methods).build();
  }

  private void require(Variant variant, FeatureDiscrimination discrimination, String otherwise) {
    if (!method.isAuto() && variant.discrimination() != discrimination) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** The configuration's method, unless another was asked for. */
  private Variant variant(Optional<TrainConfig> begun) {
    boolean asked = spec.commandLine().getParseResult().hasMatchedOption("--method");
    if (begun.isPresent() && !asked) {
      return begun.get().variant();
    }
    return Methods.variant(method.first(), recipe);
  }

  /** The words of a {@code train} command, behind those that its configuration stands for. */
  static String[] withConfiguration(String[] arguments) {
    var words = List.of(arguments);
    if (words.isEmpty() || !words.get(0).equals("train")) {
      return arguments;
    }
    var all = new ArrayList<>(List.of("train"));
    following(words, CONFIG)
        .map(file -> TrainConfig.read(file).options(words))
        .or(() -> following(words, ContinuedRun.FROM).map(from -> ContinuedRun.words(from, words)))
        .ifPresent(all::addAll);
    all.addAll(words.subList(1, words.size()));
    return all.toArray(String[]::new);
  }

  /** The file that an option names, in a word of its own or behind an equals sign. */
  private static Optional<Path> following(List<String> words, String option) {
    int at = words.indexOf(option);
    return at >= 0 && at + 1 < words.size()
        ? Optional.of(FileNames.path(words.get(at + 1)))
        : words.stream()
            .filter(word -> word.startsWith(option + "="))
            .findFirst()
            .map(word -> FileNames.path(word.substring(option.length() + 1)));
  }
}
