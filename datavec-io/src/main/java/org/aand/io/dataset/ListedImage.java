package org.aand.io.dataset;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.aand.common.InputException;
import org.aand.common.listing.ImageFolder;

/**
 * An image as a data set's list names it.
 *
 * @param place where it is listed, for messages
 * @param category what it is an image of
 * @param train whether it is for training, not for testing
 * @param defect {@link Sample#GOOD}, or the kind of defect
 * @param image its file, relative to the data folder
 * @param mask its mask's file, likewise; blank if there is none
 */
record ListedImage(
    String place, String category, boolean train, String defect, String image, String mask) {
  /**
   * Finds the files.
   *
   * @param data the data folder
   * @throws InputException if they do not exist, or are not what the list says they are for
   */
  Sample sample(Path data) {
    if (image.isBlank()) {
      throw new InputException(
          place
              + (mask.isBlank() ? " names no image" : " names the mask " + mask + " but no image"));
    }
    boolean normal = defect.equals(Sample.GOOD);
    if (train && !normal) {
      throw new InputException(
          place + ": the image " + image + " is defective; only normal images are trained on");
    }
    if (normal && !mask.isBlank()) {
      throw new InputException(
          place + ": the image " + image + " is normal but has the mask " + mask);
    }
    Path file = existing(data, image, "image");
    List<Path> masks = mask.isBlank() ? List.of() : List.of(existing(data, mask, "mask"));
    return new Sample(ImageFolder.relativeName(data, file), file, masks, defect);
  }

  private Path existing(Path data, String name, String what) {
    Path relative;
    try {
      relative = Path.of(name).normalize();
    } catch (InvalidPathException e) {
      throw new InputException(place + ": " + name + " is no path of a file", e);
    }
    if (relative.isAbsolute() || relative.startsWith("..")) {
      throw new InputException(
          place + ": the " + what + " " + name + " is not in the data folder " + data);
    }
    Path file = data.resolve(relative);
    if (!Files.isRegularFile(file)) {
      throw new InputException(place + ": the " + what + " " + file + " does not exist");
    }
    ImageFolder.refusal(file)
        .ifPresent(
            refusal -> {
              throw new InputException(place + ": " + file + " " + refusal);
            });
    return file;
  }
}
