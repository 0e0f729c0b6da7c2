package org.aand.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.aand.detect.Detector;
import org.aand.detect.Model;
import org.aand.detect.ModelFile;
import org.aand.figure.FeatureDistribution;
import org.aand.io.InputException;
import org.aand.io.dataset.Category;
import org.aand.io.dataset.DatasetFingerprint;
import org.aand.io.dataset.Sample;
import org.aand.io.dataset.TextureFolder;
import org.aand.io.foreground.ForegroundRules;
import org.aand.io.image.ImageFile;
import org.aand.io.image.RgbImage;
import org.aand.io.reader.LoadedSample;
import org.aand.io.reader.PrefetchingBatches;
import org.aand.io.reader.Preprocessing;
import org.aand.io.reader.SampleLoader;
import org.aand.io.synthesis.ProceduralTextures;
import org.aand.io.synthesis.TextureFiles;
import org.aand.io.synthesis.TextureSource;
import org.aand.nn.Parameters;
import org.aand.raa.Residual;
import org.aand.report.AtomicFile;
import org.aand.report.Epoch;
import org.aand.report.Method;
import org.aand.report.Protocol;
import org.aand.report.RunResult;
import org.aand.report.Stage;
import org.aand.report.Teacher;
import org.aand.report.page.Report;
import org.aand.train.CheckpointFolder;
import org.aand.train.HeldOutSelection;
import org.aand.train.Selection;
import org.aand.train.Training;
import org.aand.train.TrainingImages;
import org.aand.train.TrainingListener;
import org.aand.train.TrainingSettings;

/** Trains on a category's good images, looks at its test images, writes the run folder. */
public final class TrainRun {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int READER_THREADS = 2;

  private final TrainRequest request;
  private final RunListener listener;
  private Instant started = Instant.now();
  private int trainImages;
  private Training.Outcome outcome = new Training.Outcome(List.of(), Map.of(), List.of());

  private TrainRun(TrainRequest request, RunListener listener) {
    this.request = request;
    this.listener = listener;
  }

  /**
   * Runs to the end.
   *
   * @return what the report shows
   * @throws org.aand.io.InputException if something that the request names cannot be used
   */
  public static Report.Run execute(TrainRequest request, RunListener listener) {
    return new TrainRun(request, listener).run();
  }

  private Report.Run run() {
    requireTrainable();
    var category = request.layout().at(request.data()).open(request.category());
    try (var folder = RunFolder.resume(request.out())) {
      // Whatever cannot be read is told before hours of training, not after.
      var preprocessing = new Preprocessing(request.imageSize()).withMasks(category.maskRule());
      var split = split(category, preprocessing);
      trainImages = split.training().count();
      var textures = textures();
      if (!request.skipBad()) {
        requireReadable(category.test(), preprocessing);
      }
      var hashes = hashes(category);
      var teacher = request.teacher().load(request.backbone());
      try (var model = model(teacher.parameters())) {
        started = RunBeginning.check(folder.working(), beginning(hashes, teacher.about()), started);
        folder.keep();
        var settings = Network.settings(request.variant(), request.training());
        outcome =
            Training.run(
                model,
                split.training(),
                textures,
                settings,
                selection(category, preprocessing, split, textures, settings),
                new CheckpointFolder(folder.working()),
                observing());
        ModelFile.write(
            model,
            JSON.valueToTree(teacher.about()),
            JSON.valueToTree(request.variant()),
            folder.file(RunFolder.MODEL));
        figures(category, preprocessing, model, folder);
        var shown = evaluate(category, preprocessing, model, teacher.about(), hashes);
        ResultFolder.write(folder, config(), shown);
        folder.publish();
        return shown;
      }
    }
  }

  /**
   * What a run that is gone on with has to have been begun with; where the files lie may change.
   */
  private Map<String, String> beginning(Map<String, String> hashes, Teacher teacher) {
    var beginning = new LinkedHashMap<>(request.describe());
    beginning.keySet().removeAll(List.of("data", "textures"));
    beginning.put("version", Versions.program());
    beginning.put("teacher", teacher.label() + " " + teacher.weightsSha256());
    hashes.forEach((name, hash) -> beginning.put(name + " hash", hash));
    return beginning;
  }

  private TrainingSplit split(Category category, Preprocessing preprocessing) {
    var images = images(category, category.train(), preprocessing);
    if (request.protocol() != Protocol.HELD_OUT_NORMAL) {
      return new TrainingSplit(images, images);
    }
    return category.validation().isEmpty()
        ? TrainingSplit.of(images, request.training().seed())
        : new TrainingSplit(images, images(category, category.validation(), preprocessing));
  }

  private Selection selection(
      Category category,
      Preprocessing preprocessing,
      TrainingSplit split,
      TextureSource textures,
      TrainingSettings settings) {
    return switch (request.protocol()) {
      case LAST_EPOCH -> Selection.LAST_EPOCH;
      case HELD_OUT_NORMAL -> new HeldOutSelection(split.heldOut(), textures, settings);
      case BEST_ON_TEST -> new TestSetSelection(category.test(), preprocessing, request.skipBad());
    };
  }

  private void requireTrainable() {
    if (request.variant().projections()) {
      throw new InputException(
          "RD++'s training losses are not part of this program, only its network; leave out"
              + " projections, or measure parameters and time alone");
    }
    var figures = request.figures();
    if ((figures.residuals() || figures.features())
        && request.variant().residual() == Residual.NONE) {
      throw new InputException(
          request.variant().label()
              + " has no residuals to observe; leave the figures out or choose another variant");
    }
  }

  private Model model(Parameters teacher) {
    return Network.of(request.variant(), request.backbone())
        .model(teacher, request.imageSize(), request.training().seed());
  }

  private void figures(
      Category category, Preprocessing preprocessing, Model model, RunFolder folder) {
    if (request.figures().residuals()) {
      AtomicFile.write(folder.file(Figures.RESIDUALS), FigureJson.residuals(outcome.residuals()));
    }
    if (request.figures().features()) {
      var distribution =
          FeatureDistribution.of(
              model,
              TestPictures.draw(
                  category.test(), preprocessing, request.skipBad(), request.training().seed()),
              request.training().seed());
      AtomicFile.write(folder.file(Figures.FEATURES), FigureJson.features(distribution));
    }
  }

  private Report.Run evaluate(
      Category category,
      Preprocessing preprocessing,
      Model model,
      Teacher teacher,
      Map<String, String> hashes) {
    try (var detector = Detector.takingOver(model)) {
      listener.testing(category.test().size());
      var evaluation =
          Evaluation.of(
              detector, category.test(), preprocessing, request.skipBad(), listener::tested);
      var builder =
          RunResult.builder(
                  request.variant().method(),
                  ResultFolder.name(request.data()),
                  category.name(),
                  teacher,
                  Provenances.of(request.training().seed(), request.commandLine(), hashes, started))
              .command("train")
              .protocol(request.protocol())
              .backbone(request.backbone().name())
              .trainImages(trainImages);
      request.describe().forEach(builder::setting);
      if (request.protocol() != Protocol.LAST_EPOCH) {
        outcome
            .chosen()
            .forEach((s, e) -> builder.setting("epoch taken in " + stageName(s), "" + e));
      }
      stages().forEach(builder::stage);
      return new EvaluatedRun(evaluation, category.test(), preprocessing)
          .report(request.variant().label(), builder);
    }
  }

  private TrainingImages images(
      Category category, List<Sample> samples, Preprocessing preprocessing) {
    var loader = SampleLoader.of(preprocessing, ForegroundRules.of(category.name()));
    var pictures = new ArrayList<RgbImage>();
    var foregrounds = new ArrayList<byte[]>();
    load(
        samples,
        loader,
        sample -> {
          pictures.add(sample.picture());
          foregrounds.add(sample.foreground().orElseThrow());
        });
    return new TrainingImages(request.imageSize(), pictures, foregrounds);
  }

  private void requireReadable(List<Sample> samples, Preprocessing preprocessing) {
    load(samples, SampleLoader.of(preprocessing), sample -> {});
  }

  private void load(List<Sample> samples, SampleLoader loader, Consumer<LoadedSample> use) {
    listener.reading(samples.size());
    try (var loaded =
        PrefetchingBatches.of(
            samples.size(), i -> loader.load(samples.get(i)), READER_THREADS, 2 * READER_THREADS)) {
      while (loaded.hasNext()) {
        use.accept(loaded.next());
        listener.read();
      }
    }
  }

  private TextureSource textures() {
    int size = request.imageSize();
    return request
        .textures()
        .<TextureSource>map(
            folder ->
                new TextureFiles(
                    TextureFolder.images(folder),
                    ImageFile::read,
                    size,
                    size,
                    TextureFiles.DEFAULT_CACHE_BYTES))
        .orElseGet(
            () ->
                new ProceduralTextures(
                    request.training().seed(), ProceduralTextures.DEFAULT_COUNT, size, size));
  }

  private Map<String, String> hashes(Category category) {
    var hashes = new LinkedHashMap<String, String>();
    hashes.put("data", DatasetFingerprint.of(category).sha256());
    request
        .textures()
        .ifPresent(
            folder ->
                hashes.put(
                    "textures",
                    DatasetFingerprint.of(folder, TextureFolder.images(folder)).sha256()));
    return hashes;
  }

  private AtomicFile.Content config() {
    return out ->
        out.write(
            JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(request.describe())
                .getBytes(StandardCharsets.UTF_8));
  }

  private List<Stage> stages() {
    var stages = new ArrayList<Stage>();
    for (var kind : TrainingListener.Stage.values()) {
      var own = outcome.epochs().stream().filter(e -> e.stage() == kind).toList();
      if (own.isEmpty()) {
        continue;
      }
      double seconds = own.stream().mapToDouble(TrainingListener.Epoch::seconds).sum();
      int steps = own.stream().mapToInt(TrainingListener.Epoch::steps).sum();
      stages.add(
          new Stage(stageName(kind), own.stream().map(TrainRun::epoch).toList(), seconds / steps));
    }
    return stages;
  }

  private String stageName(TrainingListener.Stage stage) {
    return switch (stage) {
      case STAGE1 -> "stage1";
      case FEATURES -> "features";
      case STAGE2 -> request.variant().method() == Method.RD ? "rd" : "stage2";
      case DISCRIMINATOR -> "discriminator";
    };
  }

  private static Epoch epoch(TrainingListener.Epoch e) {
    return new Epoch(
        e.epoch(),
        e.learningRate(),
        new LinkedHashMap<>(e.losses()),
        e.seconds(),
        e.seconds() / e.steps());
  }

  /** The listener, which is told of residuals if they are asked for. */
  private TrainingListener observing() {
    return request.figures().residuals() ? new ObservingResiduals(listener) : listener;
  }
}
