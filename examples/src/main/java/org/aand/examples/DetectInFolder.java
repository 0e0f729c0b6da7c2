package org.aand.examples;

import java.nio.file.Path;
import org.aand.api.AnomalyDetector;
import org.aand.api.Outcome;
import org.aand.common.listing.ImagePaths;

/** Decides on every image of a folder, one row per image; a bad file does not end it. */
public final class DetectInFolder {
  private DetectInFolder() {}

  /** Arguments: run folder or model file, folder of images. */
  public static void main(String[] arguments) {
    var images = ImagePaths.below(Path.of(arguments[1])).images();
    try (AnomalyDetector detector = AnomalyDetector.load(Path.of(arguments[0]))) {
      detector.detectEach(images, outcome -> System.out.println(row(outcome)));
    }
  }

  static String row(Outcome outcome) {
    if (outcome instanceof Outcome.Detected detected) {
      var found = detected.detection();
      return outcome.file().getFileName() + "," + found.score() + "," + found.verdict();
    }
    return outcome.file().getFileName() + ",,not usable";
  }
}
