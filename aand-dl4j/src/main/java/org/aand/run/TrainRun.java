package org.aand.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.aand.detect.AnomalyMap;
import org.aand.detect.Calibration;
import org.aand.detect.DecisionRule;
import org.aand.detect.Detector;
import org.aand.detect.Model;
import org.aand.detect.ModelFile;
import org.aand.io.InputException;
import org.aand.io.dataset.Category;
import org.aand.io.dataset.DatasetFingerprint;
import org.aand.io.dataset.MvtecLayout;
import org.aand.io.dataset.Sample;
import org.aand.io.dataset.TextureFolder;
import org.aand.io.foreground.ForegroundRules;
import org.aand.io.image.ImageFile;
import org.aand.io.image.RgbImage;
import org.aand.io.random.RandomStreams;
import org.aand.io.reader.LoadedSample;
import org.aand.io.reader.PrefetchingBatches;
import org.aand.io.reader.Preprocessing;
import org.aand.io.reader.SampleLoader;
import org.aand.io.synthesis.ProceduralTextures;
import org.aand.io.synthesis.TextureFiles;
import org.aand.io.synthesis.TextureSource;
import org.aand.nn.Parameters;
import org.aand.raa.AmplifiedTeacher;
import org.aand.report.AtomicFile;
import org.aand.report.Epoch;
import org.aand.report.Method;
import org.aand.report.RunResult;
import org.aand.report.Stage;
import org.aand.report.Teacher;
import org.aand.report.page.Report;
import org.aand.student.Student;
import org.aand.train.Stage2Graph;
import org.aand.train.Training;
import org.aand.train.TrainingImages;
import org.aand.train.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;

/** Trains on a category's good images, looks at its test images, writes the run folder. */
public final class TrainRun {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int READER_THREADS = 2;

  private final TrainRequest request;
  private final RunListener listener;
  private final Instant started = Instant.now();
  private final List<TrainingListener.Epoch> epochs = new ArrayList<>();

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
    var category = MvtecLayout.open(request.data(), request.category());
    var divided =
        HeldOut.of(
            category.train(), request.calibration().shareOf(category), request.training().seed());
    var test = category.test().isEmpty() ? divided.normals() : category.test();
    if (test.isEmpty()) {
      throw new InputException(
          category.root()
              + " has no test images, and no good ones are held out; add images, or raise"
              + " --calibration-share");
    }
    try (var folder = RunFolder.begin(request.out())) {
      // Whatever cannot be read is told before hours of training, not after.
      var preprocessing = new Preprocessing(request.imageSize());
      var images = images(category.name(), divided.train(), preprocessing);
      var textures = textures();
      requireReadable(divided.normals(), preprocessing);
      if (!request.skipBad()) {
        requireReadable(category.test(), preprocessing);
      }
      var teacher = request.teacher().load(request.backbone());
      try (var model = model(teacher.parameters())) {
        Training.run(model, images, textures, settings(), recorder());
        var hashes = hashes(category);
        var notes =
            new ModelFile.Notes(
                JSON.valueToTree(teacher.about()),
                calibrate(divided, preprocessing, model),
                ModelProvenance.of(request, divided, hashes));
        ModelFile.write(model, notes, folder.file(RunFolder.MODEL));
        var tested = new Tested(category, divided.train().size(), test, hashes);
        var shown = evaluate(tested, preprocessing, model, teacher.about(), DecisionRule.of(notes));
        ResultFolder.write(folder, config(), shown);
        folder.publish();
        return shown;
      }
    }
  }

  /** What an evaluation is of. */
  private record Tested(
      Category category, int trainImages, List<Sample> test, Map<String, String> hashes) {}

  private Optional<Calibration> calibrate(
      HeldOut divided, Preprocessing preprocessing, Model model) {
    var normals = divided.normals();
    if (normals.isEmpty()) {
      return Optional.empty();
    }
    try (var detector = new Detector(model)) {
      return Optional.of(
          CalibrateRun.by(
              detector,
              preprocessing,
              normals,
              List.of(),
              request.calibration().falseAlarmRate(),
              normals.size() + " good images held out of training",
              listener));
    }
  }

  private Report.Run evaluate(
      Tested tested, Preprocessing preprocessing, Model model, Teacher teacher, DecisionRule rule) {
    try (var detector = Detector.takingOver(model)) {
      listener.testing(tested.test().size());
      var evaluation =
          Evaluation.of(
              detector, tested.test(), preprocessing, request.skipBad(), listener::tested);
      var builder =
          RunResult.builder(
                  request.method(),
                  ResultFolder.name(request.data()),
                  tested.category().name(),
                  teacher,
                  Provenances.of(
                      request.training().seed(), request.commandLine(), tested.hashes(), started))
              .command("train")
              .backbone(request.backbone().name())
              .trainImages(tested.trainImages());
      request.describe().forEach(builder::setting);
      ThresholdFigures.describe(evaluation, rule).forEach(builder::setting);
      stages().forEach(builder::stage);
      return new EvaluatedRun(evaluation, tested.test(), preprocessing, rule)
          .report(request.method().label(), builder);
    }
  }

  private org.aand.train.TrainingSettings settings() {
    return request.method() == Method.AAND
        ? request.training()
        : request.training().withStage2(Stage2Graph.Options.reverseDistillation());
  }

  /** Takes over the teacher's parameters. */
  private Model model(Parameters parameters) {
    var teacher =
        request.method() == Method.AAND
            ? AmplifiedTeacher.of(request.backbone())
            : AmplifiedTeacher.plain(request.backbone());
    var student = Student.of(request.backbone());
    var streams = new RandomStreams(request.training().seed());
    var table = new ArrayList<>(teacher.moduleParameters());
    table.addAll(student.parameters());
    Parameters.initialise(table, DataType.FLOAT, streams).all().forEach(parameters::put);
    return new Model(teacher, student, request.imageSize(), AnomalyMap.SIGMA, parameters);
  }

  private TrainingImages images(
      String category, List<Sample> samples, Preprocessing preprocessing) {
    var loader = SampleLoader.of(preprocessing, ForegroundRules.of(category));
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
      var own = epochs.stream().filter(e -> e.stage() == kind).toList();
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
      case STAGE2 -> request.method() == Method.RD ? "rd" : "stage2";
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

  /** Passes everything on and keeps the epochs. */
  private TrainingListener recorder() {
    return new TrainingListener() {
      @Override
      public void started(Stage stage, int steps) {
        listener.started(stage, steps);
      }

      @Override
      public void stepped(Stage stage) {
        listener.stepped(stage);
      }

      @Override
      public void finished(Epoch epoch) {
        epochs.add(epoch);
        listener.finished(epoch);
      }

      @Override
      public void ended(Stage stage) {
        listener.ended(stage);
      }
    };
  }
}
