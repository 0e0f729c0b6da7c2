package org.aand.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.aand.network.raa.Gate;
import org.aand.network.raa.Residual;
import org.aand.network.teacher.Backbone;
import org.aand.report.Method;
import org.aand.report.Protocol;
import org.aand.report.page.Numbers;
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
    Optional<Variation> variation,
    Continuation continuation) {

  /**
   * @throws IllegalArgumentException if nothing is trained, the protocol has no epoch to choose, or
   *     what is asked for works on whole images alone
   */
  public TrainRequest {
    requireTraining(variant, training);
    requireChoice(protocol, training);
    boolean wholeImages = protocol == Protocol.BEST_ON_TEST || protocol == Protocol.SYNTHETIC;
    if (tiling.divides() && (wholeImages || observations.features())) {
      throw new IllegalArgumentException(
          "the official and the synthetic protocol and the feature distribution work on whole"
              + " images; leave them out or make the resolution the image size");
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
        (first && training.stage1Epochs() > 0) || (second && training.stage2Epochs() > 0);
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
  public static void requireChoice(Protocol protocol, TrainingSettings training) {
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

  /** The settings as text, in the order to show them. */
  public Map<String, String> describe() {
    var text = new LinkedHashMap<String, String>();
    text.put("data", data.toString());
    text.put("layout", layout.key());
    text.put("category", category);
    text.put("method", Method.of(variant.baseline()).key());
    text.put("variant", label());
    text.put("recipe", recipe.key());
    timeBudget.ifPresent(budget -> text.put("time budget", Numbers.duration(budget)));
    text.put("protocol", protocol.key());
    text.put("backbone", backbone.name());
    text.put("textures", textures.map(Path::toString).orElse("generated"));
    text.put("image size", tiling.tileSize().shortest());
    if (tiling.divides()) {
      text.put("resolution", tiling.toString());
    }
    variation.ifPresent(v -> text.put("varied copies", Variation.COPIES + " an image, " + v));
    text.put("batch size", Integer.toString(training.batchSize()));
    if (variant.trainsFirstStage()) {
      text.put("stage 1 epochs", Integer.toString(training.stage1Epochs()));
    }
    if (variant.gate() != Gate.NONE) {
      text.put("memory items of a kind", Integer.toString(variant.memoryItems()));
      text.put("focal alpha", number(training.stage1().focal().alpha()));
      text.put("focal gamma", number(training.stage1().focal().gamma()));
    }
    if (variant.residual() != Residual.NONE) {
      text.put("amplification margin", number(training.stage1().margin()));
      text.put("amplification weight", number(training.stage1().amplificationWeight()));
    }
    if (variant.hardest() > 0) {
      text.put("hardest locations", Integer.toString(variant.hardest()));
    }
    text.put("stage 2 epochs", Integer.toString(training.stage2Epochs()));
    text.put("learning rate", number(training.schedule().base()));
    text.put("learning rate factor at 80 % and 90 %", number(training.schedule().factor()));
    text.put("Adam beta1", number(training.adam().beta1()));
    text.put("Adam beta2", number(training.adam().beta2()));
    calibration
        .share()
        .ifPresent(
            share -> {
              text.put("calibration share", number(share));
              text.put("false-alarm rate", number(calibration.falseAlarmRate()));
            });
    text.put("seed", Long.toString(training.seed()));
    text.putAll(continuation.describe(training));
    return text;
  }

  /** The same with other settings of the training. */
  TrainRequest with(TrainingSettings settings) {
    return builder(data, backbone, teacher, out)
        .category(layout, category)
        .textures(textures)
        .variant(variant)
        .observations(observations)
        .protocol(protocol)
        .tiling(tiling)
        .training(settings)
        .recipe(recipe)
        .timeBudget(timeBudget)
        .skipBad(skipBad)
        .commandLine(commandLine)
        .calibration(calibration)
        .variation(variation)
        .continuation(continuation)
        .build();
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
          variation,
          continuation);
    }
  }

  private static String number(double value) {
    return Double.toString(value);
  }
}
