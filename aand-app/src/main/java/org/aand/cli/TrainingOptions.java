package org.aand.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.aand.network.teacher.Backbone;
import org.aand.pipeline.ImageSizeChoice;
import org.aand.pipeline.Recipe;
import org.aand.pipeline.TeacherChoice;
import org.aand.serve.cli.DurationOption;
import org.aand.train.TrainingSettings;
import org.aand.weights.TeacherFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that every command has that trains. */
final class TrainingOptions {
  private static final Duration TIME_BUDGET = Duration.ofMinutes(10);

  @Option(
      names = "--backbone",
      paramLabel = "B",
      description =
          "The network of --weights or --random-teacher: wide_resnet50_2 (default), resnet50,"
              + " resnet34 or resnet18.")
  private @Nullable String backbone;

  @ArgGroup(multiplicity = "0..1")
  private TeacherOptions teacher = new TeacherOptions();

  /**
   * The teacher's network.
   *
   * @throws IllegalArgumentException if there is none of that name, or the teacher has another
   */
  Backbone backbone() {
    var own = teacher.backbone();
    if (own.isPresent() && backbone != null && !own.get().name().equalsIgnoreCase(backbone)) {
      throw new IllegalArgumentException(
          "--backbone "
              + backbone
              + " does not go with a small teacher, whose network is "
              + own.get().name()
              + "; leave it out, or give --weights instead of the small teacher");
    }
    return own.orElseGet(() -> Backbone.named(backbone == null ? "wide_resnet50_2" : backbone));
  }

  /**
   * Where the teacher's weights come from: the bundled ones, if nothing is said.
   *
   * @param seed of random weights
   */
  TeacherChoice teacher(long seed) {
    return teacher.choice(seed);
  }

  /** Where the teacher's weights come from. */
  private static final class TeacherOptions {
    @Option(
        names = "--weights",
        required = true,
        paramLabel = "FILE",
        description = "The backbone's ImageNet weights, Keras HDF5; see \"weights import\".")
    private @Nullable Path weights;

    @Option(
        names = "--bundled-teacher",
        required = true,
        description = "Use the small teacher that comes with the program (default).")
    @SuppressWarnings("UnusedVariable") // what is left if nothing else is said
    private boolean bundled;

    @Option(
        names = "--teacher",
        required = true,
        paramLabel = "FILE",
        description = "A small teacher that \"pretrain\" has written.")
    private @Nullable Path small;

    @Option(
        names = "--random-teacher",
        required = true,
        description = "Use random weights instead, for experiments (the paper's Table I).")
    private boolean random;

    private TeacherChoice choice(long seed) {
      if (weights != null) {
        return new TeacherChoice.FromFile(weights);
      }
      if (small != null) {
        return new TeacherChoice.Small(small);
      }
      return random ? new TeacherChoice.Random(seed) : new TeacherChoice.Bundled();
    }

    private Optional<Backbone> backbone() {
      if (small != null) {
        return Optional.of(TeacherFile.backbone(small));
      }
      return weights == null && !random ? Optional.of(Backbone.resnet10()) : Optional.empty();
    }
  }

  @Option(
      names = "--textures",
      paramLabel = "DIR",
      description = "Images of textures for synthetic anomalies; generated ones if left out.")
  @Nullable Path textures;

  @Option(
      names = "--protocol",
      paramLabel = "last-epoch|held-out|synthetic|official",
      defaultValue = "last-epoch",
      description = {
        "Which epoch is evaluated: the last one (default); the one of least loss on normal images"
            + " that are not trained on; the one that finds synthetic anomalies on such images best,"
            + " where a stage ends after three epochs that were no better, and which chooses the rule"
            + " of map and image score too; or, as the released code does, the best one on the test"
            + " set. The last two are for images that are not divided into tiles."
      })
  String protocol;

  @Option(
      names = "--stage1-epochs",
      paramLabel = "N",
      description = "Epochs on synthetic anomalies (the paper's: 100).")
  private @Nullable Integer stage1Epochs;

  @Option(
      names = "--stage2-epochs",
      paramLabel = "N",
      description = "Epochs on normal images (the paper's: 120).")
  private @Nullable Integer stage2Epochs;

  @Option(
      names = "--time-budget",
      paramLabel = "TIME",
      description = {
        "How long the run may take, such as 90s, 10m or 1h; a few steps are tried first, and as"
            + " many epochs are trained as that allows, at most the paper's. Default: 10m with the"
            + " standard recipe where no epochs are given."
      },
      converter = DurationOption.class)
  private @Nullable Duration timeBudget;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Images per step (the paper's: 16; the standard recipe's: 4).")
  private @Nullable Integer batchSize;

  @Option(
      names = "--image-size",
      paramLabel = "HxW|auto",
      defaultValue = "256",
      description = {
        "Height and width that images are resized to, such as 256x512; one number for a square"
            + " (default: ${DEFAULT-VALUE}). Multiples of 32. auto: the shape of the training images"
            + " at about as many pixels (train alone)."
      })
  private ImageSizeChoice imageSize;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  TrainingOptions() {}

  /** Height and width of the network's input. */
  ImageSizeChoice imageSize() {
    return imageSize;
  }

  /**
   * How long a run may take; absent where epochs decide.
   *
   * @param fitted whether what is trained is fitted and has no epochs
   * @param recipe whose time it is where nothing is said
   * @throws IllegalArgumentException if both epochs and a time are said, or epochs of a method that
   *     has none
   */
  Optional<Duration> timeBudget(boolean fitted, Recipe recipe) {
    boolean hasEpochs = stage1Epochs != null || stage2Epochs != null;
    if (fitted) {
      if (hasEpochs) {
        throw new IllegalArgumentException(
            "the method passes the images once and has no epochs; leave out --stage1-epochs and"
                + " --stage2-epochs");
      }
      return Optional.empty();
    }
    if (timeBudget != null && hasEpochs) {
      throw new IllegalArgumentException(
          "--time-budget decides on the epochs; leave out either it or the epochs of both stages");
    }
    return timeBudget == null && recipe == Recipe.STANDARD && !hasEpochs
        ? Optional.of(TIME_BUDGET)
        : Optional.ofNullable(timeBudget);
  }

  /**
   * Checks that the epochs of one stage are not left to the paper's 100 or 120, which nobody wants
   * beside a few of the other.
   *
   * @throws IllegalArgumentException if those of one stage alone are said
   */
  void requireEpochsOfBothStages() {
    if ((stage1Epochs == null) != (stage2Epochs == null)) {
      throw new IllegalArgumentException(
          "the method trains in two stages; give "
              + (stage1Epochs == null ? "--stage1-epochs" : "--stage2-epochs")
              + " too, or neither and --time-budget");
    }
  }

  /**
   * The schedule.
   *
   * @param begun what no option says
   * @param recipe whose batches are taken unless their size is said
   * @throws IllegalArgumentException if a number is out of range
   */
  TrainingSettings settings(TrainingSettings begun, Recipe recipe, long seed) {
    if (batchSize != null && batchSize < 1) {
      throw new IllegalArgumentException(
          "--batch-size is a whole number of at least 1, not " + batchSize);
    }
    var paper = new TrainingSettings();
    return begun
        .copy()
        .epochs(
            stage1Epochs == null ? paper.stage1Epochs() : stage1Epochs,
            stage2Epochs == null ? paper.stage2Epochs() : stage2Epochs)
        .batchSize(batchSize == null ? recipe.batchSize() : batchSize)
        .seed(seed)
        .build();
  }
}
