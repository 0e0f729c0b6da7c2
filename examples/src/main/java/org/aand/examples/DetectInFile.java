package org.aand.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aand.api.AnomalyDetector;
import org.aand.api.Detection;

/** Decides on one image and writes a heatmap where it is anomalous. */
public final class DetectInFile {
  private DetectInFile() {}

  /** Arguments: run folder or model file, image, heatmap to write. */
  public static void main(String[] arguments) throws IOException {
    try (AnomalyDetector detector = AnomalyDetector.load(Path.of(arguments[0]))) {
      Detection found = detector.detect(Path.of(arguments[1]));
      switch (found.verdict()) {
        case ANOMALOUS -> Files.write(Path.of(arguments[2]), found.heatmap());
        case NORMAL -> System.out.println("normal, score " + found.score());
        case UNDECIDED -> System.out.println("run calibrate first; score " + found.score());
      }
    }
  }
}
