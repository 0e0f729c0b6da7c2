package org.aand.pipeline;

import static org.aand.io.reader.ImageRecordReader.FOREGROUND;
import static org.aand.io.reader.ImageRecordReader.IMAGE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.aand.common.InputException;
import org.aand.common.concurrent.Prefetcher;
import org.aand.common.heatmap.Png;
import org.aand.common.image.ImageFile;
import org.aand.common.image.Preprocessing;
import org.aand.common.image.RgbImage;
import org.aand.common.random.Draws;
import org.aand.common.random.RandomStreams;
import org.aand.io.dataset.Category;
import org.aand.io.dataset.DatasetFingerprint;
import org.aand.io.dataset.Sample;
import org.aand.io.dataset.TextureFolder;
import org.aand.io.foreground.ForegroundRules;
import org.aand.io.reader.ImageRecordReader;
import org.aand.io.reader.ImageWritable;
import org.aand.io.reader.MaskWritable;
import org.aand.io.synthesis.ProceduralTextures;
import org.aand.io.synthesis.TextureFiles;
import org.aand.io.synthesis.TextureSource;
import org.aand.io.variation.ContactSheet;
import org.aand.io.variation.Variation;
import org.aand.io.variation.VariedImage;
import org.aand.report.Protocol;
import org.aand.train.TrainingImages;
import org.datavec.api.writable.Writable;

/** A category's images as one training run uses them. */
final class TrainingData {
  private static final int READER_THREADS = 2;

  /** So many images are shown on the contact sheet with their copies. */
  private static final int SHEET_ROWS = 6;

  private final TrainRequest request;
  private final RunListener listener;
  private final Category category;
  private final Preprocessing preprocessing;
  private final HeldOut forCalibration;

  /**
   * Looks for a category's images; reads none.
   *
   * @throws InputException if the category is not there
   */
  TrainingData(TrainRequest request, RunListener listener) {
    this.request = request;
    this.listener = listener;
    category = request.layout().at(request.data()).open(request.category());
    preprocessing = new Preprocessing(request.tiling().resolution());
    forCalibration =
        request
            .continuation()
            .with(request.calibration().divide(category, request.training().seed()));
  }

  Category category() {
    return category;
  }

  Preprocessing preprocessing() {
    return preprocessing;
  }

  /** What is held out for calibration, and what is left. */
  HeldOut forCalibration() {
    return forCalibration;
  }

  /** The test images; where there are none, the held-out normals, if any. */
  List<Sample> tested() {
    return category.test().isEmpty() ? forCalibration.normals() : category.test();
  }

  /**
   * Reads what the protocol trains on and chooses by.
   *
   * @throws InputException if an image cannot be used, or there are too few
   */
  TrainingSplit split() {
    var samples = forCalibration.train();
    if (!request.protocol().holdsOut() && !request.choosesMethod()) {
      var training = varied(samples);
      return new TrainingSplit(training.images, training.images, training.sheet);
    }
    if (!category.validation().isEmpty()) {
      return split(samples, category.validation());
    }
    boolean synthetic = request.protocol() == Protocol.SYNTHETIC || request.choosesMethod();
    int least = synthetic ? TrainingSplit.LEAST_SYNTHETIC : 1;
    if (samples.size() < 2 * least) {
      throw new InputException(
          "of "
              + samples.size()
              + " training images none can be held out to choose "
              + (request.choosesMethod() ? "a method" : "an epoch")
              + " by; give at least "
              + 2 * least
              + (request.choosesMethod()
                  ? ", or name the --method"
                  : ", or choose another --protocol than " + request.protocol().key()));
    }
    int count = Math.max(least, (int) Math.round(TrainingSplit.SHARE * samples.size()));
    var divided = HeldOut.draw(samples, count, request.training().seed());
    return split(divided.train(), divided.normals());
  }

  private TrainingSplit split(List<Sample> train, List<Sample> heldOut) {
    var training = varied(train);
    var gathered = new Gathered(Optional.empty(), Set.of());
    read(heldOut, (index, image) -> gathered.add(index, image, heldOut.get(index).name()));
    return new TrainingSplit(training.images, gathered.images(), training.sheet);
  }

  private record Varied(TrainingImages images, Optional<Png> sheet) {}

  private Varied varied(List<Sample> samples) {
    var numbers = IntStream.range(0, samples.size()).boxed().toList();
    var gathered = new Gathered(request.variation(), Set.copyOf(Draws.evenly(numbers, SHEET_ROWS)));
    read(samples, (index, image) -> gathered.add(index, image, samples.get(index).name()));
    return new Varied(
        gathered.images(),
        gathered.shown.isEmpty() ? Optional.empty() : Optional.of(ContactSheet.of(gathered.shown)));
  }

  /** How many images are trained on for every normal image: tiles, and varied copies. */
  int imagesEach() {
    return request.tiling().count() * (request.variation().isPresent() ? 1 + Variation.COPIES : 1);
  }

  /**
   * How many images are trained on where none is held out to choose an epoch by, tiles and copies
   * counted one by one.
   */
  int imagesTrainedOn() {
    return Math.multiplyExact(forCalibration.train().size(), imagesEach());
  }

  /**
   * Refuses what cannot be read before hours of training, not after.
   *
   * @throws InputException if an image for calibration or, unless unusable ones are skipped, for
   *     the test cannot be used
   */
  void requireReadable() {
    requireReadable(forCalibration.normals());
    if (!request.skipBad()) {
      requireReadable(category.test());
    }
  }

  private void requireReadable(List<Sample> samples) {
    read(new ImageRecordReader(samples, preprocessing), record -> {});
  }

  /**
   * Images, or their tiles where images are processed in tiles, with their copies. The foreground
   * is that of the whole image. Tiles without any are trained on too: the detector will meet such
   * tiles, so the student has to know them as normal; in stage 1 they stay clean, as there is
   * nothing for a synthetic anomaly to lie on.
   */
  private final class Gathered {
    private final Optional<Variation> variation;
    private final Set<Integer> toShow;
    private final RandomStreams streams = new RandomStreams(request.training().seed());
    private final List<RgbImage> images = new ArrayList<>();
    private final List<byte[]> foregrounds = new ArrayList<>();
    private final List<List<RgbImage>> shown = new ArrayList<>();

    Gathered(Optional<Variation> variation, Set<Integer> toShow) {
      this.variation = variation;
      this.toShow = toShow;
    }

    void add(int index, VariedImage original, String name) {
      var all =
          variation
              .map(v -> VariedImage.of(original, v, streams, index, name))
              .orElse(List.of(original));
      for (var each : all) {
        images.addAll(request.tiling().cut(each.image()));
        foregrounds.addAll(request.tiling().cut(each.foreground()));
      }
      if (all.size() > 1 && toShow.contains(index)) {
        shown.add(all.stream().map(VariedImage::image).toList());
      }
    }

    TrainingImages images() {
      return new TrainingImages(request.tiling().tileSize(), images, foregrounds);
    }
  }

  private void read(List<Sample> samples, BiConsumer<Integer, VariedImage> use) {
    var index = new AtomicInteger();
    read(
        new ImageRecordReader(samples, preprocessing)
            .withForeground(ForegroundRules.of(category.name())),
        record ->
            use.accept(
                index.getAndIncrement(),
                new VariedImage(
                    ((ImageWritable) record.get(IMAGE)).image(),
                    ((MaskWritable) record.get(FOREGROUND)).mask())));
  }

  private void read(ImageRecordReader reader, Consumer<List<Writable>> use) {
    listener.onReadStart(reader.size());
    try (var records =
        Prefetcher.of(reader.size(), reader::record, READER_THREADS, 2 * READER_THREADS)) {
      while (records.hasNext()) {
        use.accept(records.next());
        listener.onImageRead();
      }
    }
  }

  TextureSource textures() {
    var size = request.tiling().tileSize();
    return request
        .textures()
        .<TextureSource>map(
            folder ->
                new TextureFiles(
                    TextureFolder.images(folder),
                    ImageFile::read,
                    size.width(),
                    size.height(),
                    TextureFiles.DEFAULT_CACHE_BYTES))
        .orElseGet(
            () ->
                new ProceduralTextures(
                    request.training().seed(),
                    ProceduralTextures.DEFAULT_COUNT,
                    size.width(),
                    size.height()));
  }

  /** SHA-256 of all files that the run uses, by what they are. */
  Map<String, String> hashes() {
    var hashes = new LinkedHashMap<String, String>();
    hashes.put("data", DatasetFingerprint.of(category).sha256());
    request
        .textures()
        .ifPresent(
            folder ->
                hashes.put(
                    "textures",
                    DatasetFingerprint.of(folder, TextureFolder.images(folder)).sha256()));
    hashes.putAll(request.continuation().hashes());
    return hashes;
  }
}
