package org.aand.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.aand.common.random.RandomStreams;
import org.aand.io.synthesis.TextureSource;
import org.aand.nn.Parameters;
import org.aand.runtime.JavaEngine;
import org.aand.samediff.Model;
import org.aand.samediff.ModelStore;
import org.aand.train.MethodSettings;
import org.aand.train.Training;
import org.aand.train.TrainingImages;
import org.aand.train.TrainingListener;

/**
 * What PatchCore takes on this machine, by a fit to a few images.
 *
 * @param images of that fit
 * @param setup seconds that are taken once, however many images there are
 * @param passing seconds of what is done for each image: features, projections, what is kept of it
 * @param choosing seconds of choosing the bank's share of their patches
 * @param use seconds of detection in an image by the bank of all images
 */
record PatchCorePace(int images, double setup, double passing, double choosing, double use) {
  /** So many images are tried at most. */
  private static final int TRIED = 32;

  /**
   * So many of their patches are chosen at most, so that a trial for a large bank is short, too.
   */
  private static final double TRIED_SHARE = 0.01;

  /** So many images are detected in, after some that are not timed. */
  private static final int DETECTIONS = 3;

  /**
   * So much longer each distance takes among the patches of all images: those of a few stay in the
   * processor's caches, those of hundreds are read from memory for every item that is chosen. At
   * 256x256 it was 1.6 times as long among 256 images as among 32; the rest is reserve.
   */
  private static final double BEYOND_CACHES = 2;

  /**
   * Fits a bank to a few images, and detects by one of noise that is as large as that of all.
   *
   * @param request with PatchCore as its method
   * @param teacher parameters, which are closed with the network
   * @param all images that are trained on
   * @param folder in which a file is for a while
   */
  static PatchCorePace measure(
      TrainRequest request,
      Parameters teacher,
      TrainingImages all,
      TextureSource textures,
      Path folder) {
    var some = all.evenly(TRIED);
    double share = request.training().methods().patchCore().coresetShare();
    double triedShare = Math.min(share, TRIED_SHARE);
    var tried = withShare(request, triedShare);
    var watch = new Stopwatch();
    try (var model = model(tried, teacher, some.count())) {
      Training.run(model, some, textures, tried.training(), watch);
      var pace = watch.pace(some.count(), share / triedShare);
      var bank =
          Network.patchCore(
                  request.backbone(),
                  request.tiling().tileSize(),
                  request.training().methods().patchCore(),
                  all.count())
              .bank();
      var parameters = model.parameters();
      // Equal items would all be nearest, which is slow to sort out.
      var random = new RandomStreams(1).stream("memory bank of noise");
      parameters.replace(
          bank.name(),
          MemoryBankUse.noise(random, Math.toIntExact(bank.length())),
          bank.dimensions());
      return pace.withUse(model(request, parameters, all.count()), folder);
    }
  }

  private static TrainRequest withShare(TrainRequest request, double share) {
    var methods = request.training().methods();
    var patchCore = new MethodSettings.PatchCore(share, methods.patchCore().neighbours());
    return request.with(request.training().copy().methods(methods.with(patchCore)).build());
  }

  private static Model model(TrainRequest request, Parameters parameters, int images) {
    return Network.of(
            request.variant(),
            request.backbone(),
            request.tiling().tileSize(),
            request.training(),
            images)
        .model(parameters, request.tiling(), request.training().seed());
  }

  /** The same with the times of writing, opening and using a model. */
  private PatchCorePace withUse(Model whole, Path folder) {
    var file = folder.resolve("trial.aand");
    long start = System.nanoTime();
    try {
      ModelStore.write(whole, JsonNodeFactory.instance.objectNode(), file);
      try (var model = new JavaEngine().open(file)) {
        double opened = (System.nanoTime() - start) / 1e9;
        double millis = MedianTime.millis(whole.imageSize(), DETECTIONS, model::detect);
        return new PatchCorePace(images, setup + opened, passing, choosing, millis / 1e3);
      }
    } finally {
      delete(file);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new InputException(
          "the file " + file + " cannot be deleted (" + IoReason.of(e) + ")", e);
    }
  }

  /**
   * Seconds of a fit to so many images. Every item is chosen among all patches, and both grow with
   * the images.
   */
  double fit(int all) {
    double times = all / (double) images;
    return setup + times * passing + BEYOND_CACHES * times * times * choosing;
  }

  /**
   * Seconds of PatchCore in a run that chooses a method.
   *
   * @param all images that are trained on
   * @param judged images that it is judged by
   * @param afterwards images that are detected in when the choice is made, in case it is the one
   * @param planned seconds that are set aside for each of these already
   */
  double seconds(int all, int judged, int afterwards, double planned) {
    // No less than another method took: what an image takes besides its detection is in that.
    double detection = Math.max(planned, use);
    return fit(all) + detection * judged + (detection - planned) * afterwards;
  }

  /** Times the events of a fit. */
  private static final class Stopwatch implements TrainingListener {
    private long last = System.nanoTime();
    private int batches;
    private double firstBatch;
    private double otherBatches;
    private boolean choosesItems;
    private double choosing;
    private double others;

    private double lap() {
      long now = System.nanoTime();
      double seconds = (now - last) / 1e9;
      last = now;
      return seconds;
    }

    @Override
    public void onStep(Stage stage) {
      double seconds = lap();
      if (stage == Stage.FEATURES) {
        if (batches++ == 0) {
          firstBatch = seconds;
        } else {
          otherBatches += seconds;
        }
      } else if (choosesItems) {
        choosing += seconds;
      } else {
        // Before the first item all patches are projected.
        others += seconds;
        choosesItems = true;
      }
    }

    @Override
    public void onStageEnd(Stage stage) {
      others += lap();
    }

    /**
     * What was timed. The first batch has what is done once, besides; where it is the only one,
     * that counts as a batch's, too.
     *
     * @param share so many times as many items are chosen as here
     */
    PatchCorePace pace(int images, double share) {
      double batch = batches == 1 ? firstBatch : otherBatches / (batches - 1);
      double setup = Math.max(0, firstBatch - batch);
      return new PatchCorePace(images, setup, batches * batch + others, share * choosing, 0);
    }
  }
}
