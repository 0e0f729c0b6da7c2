package org.aand.pipeline;

import static org.aand.io.reader.ImageRecordReader.FOREGROUND;
import static org.aand.io.reader.ImageRecordReader.IMAGE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.aand.common.InputException;
import org.aand.common.concurrent.Prefetcher;
import org.aand.common.image.ImageFile;
import org.aand.common.image.Preprocessing;
import org.aand.common.image.RgbImage;
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
import org.aand.report.Protocol;
import org.aand.train.TrainingImages;
import org.datavec.api.writable.Writable;

/** A category's images as one training run uses them. */
final class TrainingData {
  private static final int READER_THREADS = 2;

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
    forCalibration = request.calibration().divide(category, request.training().seed());
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
    if (request.protocol() != Protocol.HELD_OUT_NORMAL) {
      var images = images(samples);
      return new TrainingSplit(images, images);
    }
    if (!category.validation().isEmpty()) {
      return new TrainingSplit(images(samples), images(category.validation()));
    }
    if (samples.size() < 2) {
      throw new InputException(
          "one training image cannot be split; choose another --protocol than held-out");
    }
    int count = Math.max(1, (int) Math.round(TrainingSplit.SHARE * samples.size()));
    var divided = HeldOut.draw(samples, count, request.training().seed());
    return new TrainingSplit(images(divided.train()), images(divided.normals()));
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
   * The samples, or their tiles where images are processed in tiles. The foreground is that of the
   * whole image. Tiles without any are trained on too: the detector will meet such tiles, so the
   * student has to know them as normal; in stage 1 they stay clean, as there is nothing for a
   * synthetic anomaly to lie on.
   */
  private TrainingImages images(List<Sample> samples) {
    var tiling = request.tiling();
    var resized = new ArrayList<RgbImage>();
    var foregrounds = new ArrayList<byte[]>();
    read(
        new ImageRecordReader(samples, preprocessing)
            .withForeground(ForegroundRules.of(category.name())),
        record -> {
          resized.addAll(tiling.cut(((ImageWritable) record.get(IMAGE)).image()));
          foregrounds.addAll(tiling.cut(((MaskWritable) record.get(FOREGROUND)).mask()));
        });
    return new TrainingImages(request.tiling().tileSize(), resized, foregrounds);
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
    return hashes;
  }
}
