package org.aand.evaluation;

import java.util.List;
import java.util.function.BiConsumer;
import org.aand.common.image.Preprocessing;
import org.aand.detect.Detector;
import org.aand.io.dataset.Sample;
import org.aand.io.reader.LoadedSample;
import org.aand.io.reader.PrefetchingBatches;
import org.aand.io.reader.SampleLoader;

/** Runs a detector over the images of samples, reading ahead. */
public final class DetectionPass {
  private static final int BATCH = 8;
  private static final int AHEAD = 2;

  private DetectionPass() {}

  /**
   * Runs on every sample, in order.
   *
   * @param each is told what was found
   * @throws org.aand.common.InputException if an image cannot be used
   */
  public static void over(
      List<Sample> samples,
      Preprocessing preprocessing,
      Detector detector,
      BiConsumer<Sample, Detector.Detection> each,
      Evaluation.Progress progress) {
    var loader = SampleLoader.of(preprocessing);
    int batches = (samples.size() + BATCH - 1) / BATCH;
    try (var ahead = PrefetchingBatches.of(batches, b -> load(samples, b, loader), 1, AHEAD)) {
      while (ahead.hasNext()) {
        var batch = ahead.next();
        var found = detector.detect(batch.stream().map(LoadedSample::image).toList());
        for (int i = 0; i < batch.size(); i++) {
          each.accept(batch.get(i).sample(), found.get(i));
        }
        progress.advanced(batch.size());
      }
    }
  }

  private static List<LoadedSample> load(List<Sample> samples, int batch, SampleLoader loader) {
    int from = batch * BATCH;
    return samples.subList(from, Math.min(samples.size(), from + BATCH)).stream()
        .map(loader::load)
        .toList();
  }
}
