package org.aand.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aand.evaluation.TestSetSelection;
import org.aand.io.dataset.DatasetLayout;
import org.aand.io.dataset.LayoutChoice;
import org.aand.io.variation.Variation;
import org.aand.model.Tiling;
import org.aand.network.padim.Padim;
import org.aand.network.teacher.Backbone;
import org.aand.report.Protocol;
import org.aand.train.TrainingSettings;
import org.aand.variant.Variant;

/**
 * What a training run is asked to do.
 *
 * @param data folder of the data set
 * @param layout how it lies there
 * @param category its name in it
 * @param backbone of the teacher
 * @param teacher where its weights come from
 * @param textures folder of textures for synthetic anomalies; generated ones where absent
 * @param variant which method is trained; it decides on the hardest locations of stage 2, whatever
 *     {@code training} says
 * @param observations what is observed besides
 * @param protocol how each stage's epoch is chosen
 * @param tiling what images are resized to, and the network's input: in tiles where it is smaller
 * @param training schedule and losses; with a time budget its epochs are the most of either stage
 * @param recipe whether map and image score are fitted
 * @param timeBudget how long the training may take; absent for the epochs that are said
 * @param skipBad whether an unusable test image is left out
 * @param out the run folder
 * @param commandLine as it was given
 * @param calibration which normal images are held out for calibration
 * @param choosesMethod whether methods are tried and the best one is kept; {@code variant} is then
 *     the first one
 * @param variation how the normal images vary; where present, varied copies are trained on too
 * @param continuation what the training goes on from
 */
public record TrainRequest(
    Path data,
    LayoutChoice layout,
    String category,
    Backbone backbone,
    TeacherChoice teacher,
    Optional<Path> textures,
    Variant variant,
    Observations observations,
    Protocol protocol,
    Tiling tiling,
    TrainingSettings training,
    Recipe recipe,
    Optional<Duration> timeBudget,
    boolean skipBad,
    Path out,
    String commandLine,
    CalibrationChoice calibration,
    boolean choosesMethod,
    Optional<Variation> variation,
    Continuation continuation) {

  /**
   * @throws IllegalArgumentException if nothing is trained, the protocol has no epoch to choose, or
   *     what is asked for works on whole images alone
   */
  public TrainRequest {
    if (continuation.from().isEmpty() || !fitsRule(recipe, variant)) {
      requireTraining(variant, training);
    }
    if (choosesMethod) {
      requireChoosing(protocol, observations, tiling, training);
    }
    requireChoice(variant, protocol, training);
    requireChannels(training.methods().padim().channels(), backbone);
    if (continuation.from().isPresent() && (choosesMethod || variant.fitted())) {
      throw new IllegalArgumentException(
          "going on from a model is for methods with epochs; train the others again with --add");
    }
    if (tiling.divides()) {
      requireNoTiles(protocol == Protocol.BEST_ON_TEST, "the official protocol");
      requireNoTiles(protocol == Protocol.SYNTHETIC, "the synthetic protocol");
      requireNoTiles(observations.features(), "the feature distribution");
    }
  }

  private static void requireNoTiles(boolean wanted, String what) {
    if (wanted) {
      throw new IllegalArgumentException(
          what + " works on whole images; leave it out or make the resolution the image size");
    }
  }

  private static void requireChannels(int channels, Backbone backbone) {
    int all = Padim.allChannels(backbone);
    if (channels > all) {
      throw new IllegalArgumentException(
          "--padim-channels is "
              + channels
              + ", but "
              + backbone.name()
              + " has "
              + all
              + " channels");
    }
  }

  private static void requireChoosing(
      Protocol protocol, Observations observations, Tiling tiling, TrainingSettings training) {
    if (training.stage2Epochs() == 0) {
      throw new IllegalArgumentException(
          "some of the methods to choose from train in stage 2 alone; raise --stage2-epochs or name"
              + " the method");
    }
    if (protocol != Protocol.LAST_EPOCH) {
      throw new IllegalArgumentException(
          "where the method is chosen, no epoch is; leave out the protocol or name the method");
    }
    if (tiling.divides()) {
      throw new IllegalArgumentException(
          "methods are compared on whole images; name the method or make the resolution the image"
              + " size");
    }
    if (!observations.equals(new Observations())) {
      throw new IllegalArgumentException("observations belong to one method; name it");
    }
  }

  /**
   * Checks that at least one of a method's stages is trained.
   *
   * @throws IllegalArgumentException if all of them have no epoch
   */
  public static void requireTraining(Variant variant, TrainingSettings training) {
    boolean first = variant.trainsFirstStage();
    boolean second = variant.trainsSecondStage();
    boolean trained =
        variant.fitted()
            || (first && training.stage1Epochs() > 0)
            || (second && training.stage2Epochs() > 0);
    if (!trained) {
      throw new IllegalArgumentException(
          variant.label()
              + " would not be trained at all; raise "
              + Stream.of(first ? "--stage1-epochs" : "", second ? "--stage2-epochs" : "")
                  .filter(option -> !option.isEmpty())
                  .collect(Collectors.joining(" or ")));
    }
  }

  /** The stages, 1 or 2, that the method has and that are skipped here for want of epochs. */
  public List<Integer> skippedStages() {
    var skipped = new ArrayList<Integer>();
    if (variant.trainsFirstStage()
        && training.stage1Epochs() == 0
        && continuation.from().isEmpty()) {
      skipped.add(1);
    }
    if (variant.trainsSecondStage() && training.stage2Epochs() == 0) {
      skipped.add(2);
    }
    return List.copyOf(skipped);
  }

  /**
   * Checks that the protocol has an epoch to choose.
   *
   * @throws IllegalArgumentException if it has none in such a training
   */
  public static void requireChoice(Variant variant, Protocol protocol, TrainingSettings training) {
    if (variant.fitted()) {
      if (protocol != Protocol.LAST_EPOCH) {
        throw new IllegalArgumentException(
            variant.label()
                + " is not trained in epochs, so there is none to choose; leave out the protocol");
      }
      return;
    }
    if (protocol == Protocol.BEST_ON_TEST
        && (tooFew(training.stage1Epochs()) || tooFew(training.stage2Epochs()))) {
      throw new IllegalArgumentException(
          "the official protocol chooses from epoch "
              + TestSetSelection.FIRST
              + " on; train a stage so long, or choose another protocol");
    }
  }

  private static boolean tooFew(int epochs) {
    return epochs > 0 && epochs < TestSetSelection.FIRST;
  }

  /** The method for people. */
  String label() {
    return variant.label(recipe.fitsRule());
  }

  /** Whether map and image score are fitted to the training images. */
  boolean fitsRule() {
    return fitsRule(recipe, variant);
  }

  private static boolean fitsRule(Recipe recipe, Variant variant) {
    return recipe.fitsRule() && !variant.hasOwnRule();
  }

  /** Whether a memory bank is joined to the discrepancy. */
  boolean joinsBank() {
    return fitsRule() && variant.joinsMemoryBank() && training.methods().bankItems() > 0;
  }

  /** The settings as text, in the order to show them. */
  public Map<String, String> describe() {
    return new RequestText(this).lines();
  }

  /** The same with other settings of the training. */
  TrainRequest with(TrainingSettings settings) {
    return toBuilder().training(settings).build();
  }

  /** The same for one method, whose time is decided elsewhere. */
  TrainRequest with(Variant other) {
    return toBuilder().variant(other).choosesMethod(false).build();
  }

  private Builder toBuilder() {
    return builder(data, backbone, teacher, out)
        .category(layout, category)
        .textures(textures)
        .variant(variant)
        .observations(observations)
        .protocol(protocol)
        .tiling(tiling)
        .training(training)
        .recipe(recipe)
        .timeBudget(timeBudget)
        .skipBad(skipBad)
        .commandLine(commandLine)
        .calibration(calibration)
        .choosesMethod(choosesMethod)
        .variation(variation)
        .continuation(continuation);
  }

  /** A request with everything at its default but what has none. */
  public static Builder builder(Path data, Backbone backbone, TeacherChoice teacher, Path out) {
    return new Builder(data, backbone, teacher, out);
  }

  /** Collects a request; what is not said is AAND's default. */
  public static final class Builder {
    private final Path data;
    private final Backbone backbone;
    private final TeacherChoice teacher;
    private final Path out;
    private LayoutChoice layout = LayoutChoice.AUTO;
    private String category = DatasetLayout.ITSELF;
    private Optional<Path> textures = Optional.empty();
    private Variant variant = new Variant();
    private Observations observations = new Observations();
    private Protocol protocol = Protocol.LAST_EPOCH;
    private Tiling tiling = Tiling.whole(256);
    private TrainingSettings training = new TrainingSettings();
    private Recipe recipe = Recipe.PAPER;
    private Optional<Duration> timeBudget = Optional.empty();
    private boolean skipBad;
    private String commandLine = "";
    private CalibrationChoice calibration = CalibrationChoice.automatic();
    private boolean choosesMethod;
    private Optional<Variation> variation = Optional.empty();
    private Continuation continuation = Continuation.none();

    private Builder(Path data, Backbone backbone, TeacherChoice teacher, Path out) {
      this.data = data;
      this.backbone = backbone;
      this.teacher = teacher;
      this.out = out;
    }

    /** The category and how the data set lies in its folder. */
    public Builder category(LayoutChoice layoutOfData, String name) {
      layout = layoutOfData;
      category = name;
      return this;
    }

    /** Folder of textures for synthetic anomalies. */
    public Builder textures(Optional<Path> folder) {
      textures = folder;
      return this;
    }

    /** Which method is trained. */
    public Builder variant(Variant method) {
      variant = method;
      return this;
    }

    /** What is observed besides. */
    public Builder observations(Observations observed) {
      observations = observed;
      return this;
    }

    /** How each stage's epoch is chosen. */
    public Builder protocol(Protocol choice) {
      protocol = choice;
      return this;
    }

    /** What images are resized to, and the network's input. */
    public Builder tiling(Tiling sizes) {
      tiling = sizes;
      return this;
    }

    /** Schedule and losses. */
    public Builder training(TrainingSettings settings) {
      training = settings;
      return this;
    }

    /** Whether map and image score are fitted; the paper's unless said. */
    public Builder recipe(Recipe choice) {
      recipe = choice;
      return this;
    }

    /** How long the training may take; it has as many epochs as that allows. */
    public Builder timeBudget(Optional<Duration> budget) {
      timeBudget = budget;
      return this;
    }

    /** Whether an unusable test image is left out. */
    public Builder skipBad(boolean skips) {
      skipBad = skips;
      return this;
    }

    /** The command line as it was given, for the record. */
    public Builder commandLine(String words) {
      commandLine = words;
      return this;
    }

    /** Which normal images are held out for calibration. */
    public Builder calibration(CalibrationChoice choice) {
      calibration = choice;
      return this;
    }

    /** Whether methods are tried and the best one is kept. */
    public Builder choosesMethod(boolean chooses) {
      choosesMethod = chooses;
      return this;
    }

    /** How the normal images vary. */
    public Builder variation(Optional<Variation> ranges) {
      variation = ranges;
      return this;
    }

    /** What the training goes on from. */
    public Builder continuation(Continuation beginning) {
      continuation = beginning;
      return this;
    }

    /**
     * The request.
     *
     * @throws IllegalArgumentException if its parts do not go together
     */
    public TrainRequest build() {
      return new TrainRequest(
          data,
          layout,
          category,
          backbone,
          teacher,
          textures,
          variant,
          observations,
          protocol,
          tiling,
          training,
          recipe,
          timeBudget,
          skipBad,
          out,
          commandLine,
          calibration,
          choosesMethod,
          variation,
          continuation);
    }
  }
}
