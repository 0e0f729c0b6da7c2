package org.aand.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;

/**
 * Whether a folder is the one whose images a model was trained on, as far as the model's file
 * tells: it names the data set's folder and category. Copies of the images, lists of a split and
 * data that were moved since are not recognised.
 */
final class TrainingFolder {
  private TrainingFolder() {}

  /**
   * Compares paths alone, so that nothing is opened because a model's file names it.
   *
   * @param provenance of the model
   * @param folder of images
   */
  static boolean is(JsonNode provenance, Path folder) {
    var settings = provenance.path("settings");
    var data = settings.path("data").asText();
    if (data.isEmpty()) {
      return false;
    }
    try {
      var root = Path.of(data).resolve(settings.path("category").asText()).toAbsolutePath();
      // Where the layouts keep normal images: plain folders, MVTec AD, MVTec 3D-AD.
      var names = names(folder);
      return Stream.of("", "good", "train/good", "train/good/rgb")
          .map(below -> root.resolve(below).normalize())
          .anyMatch(names::contains);
    } catch (InvalidPathException e) {
      return false; // The model comes from a system that names files otherwise.
    }
  }

  private static Set<Path> names(Path folder) {
    try {
      return new HashSet<>(List.of(folder.toAbsolutePath().normalize(), folder.toRealPath()));
    } catch (IOException e) {
      throw new InputException("cannot read " + folder + " (" + IoReason.of(e) + ")", e);
    }
  }
}
