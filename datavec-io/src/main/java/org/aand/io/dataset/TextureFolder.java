package org.aand.io.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aand.common.InputException;
import org.aand.common.listing.ImageFolder;

/**
 * Photographs of textures that synthetic anomalies are cut from, such as the Describable Textures
 * Dataset: {@code FOLDER/CLASS/*.jpg}, or images directly in the folder, or both.
 */
public final class TextureFolder {
  private TextureFolder() {}

  /**
   * Lists the textures.
   *
   * @param folder the folder
   * @return its image files, sorted by their path below it; at least one
   * @throws InputException if it is missing or has none, or some that lie deeper
   */
  public static List<Path> images(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException("there is no texture folder " + folder);
    }
    var images = new ArrayList<>(ImageFolder.images(folder));
    for (Path textureClass : ImageFolder.folders(folder)) {
      images.addAll(ImageFolder.images(textureClass));
    }
    if (images.isEmpty()) {
      throw new InputException(
          "there are no images in "
              + folder
              + " nor one folder below it; for DTD name its images"
              + " folder");
    }
    ImageFolder.folders(folder).forEach(ImageFolder::refuseImagesBelow);
    return List.copyOf(images);
  }
}
