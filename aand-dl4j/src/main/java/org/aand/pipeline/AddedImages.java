package org.aand.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.aand.common.listing.FileNames;
import org.aand.common.listing.ImagePaths;
import org.aand.io.dataset.Sample;

/**
 * Normal images beside those of a data set: the false alarms of a folder in which {@code serve
 * --reviews} keeps what people say about one model, or all images of any other folder.
 *
 * <p>A review is a JSON file beside an image in the folder {@code normal}; only images whose review
 * has the mark {@code false-alarm} are taken. What was called normal and is normal, the model knows
 * already.
 */
final class AddedImages {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FALSE_ALARM = "false-alarm";

  private AddedImages() {}

  /**
   * The images of all folders, in their order.
   *
   * @throws InputException if one cannot be read, or has none
   */
  static List<Sample> in(List<Path> folders) {
    var samples = new ArrayList<Sample>();
    for (int i = 0; i < folders.size(); i++) {
      for (var image : images(folders.get(i))) {
        var name = "added/" + (i + 1) + "/" + FileNames.last(image);
        samples.add(Sample.withoutMask(name, image, Sample.GOOD));
      }
    }
    return samples;
  }

  private static List<Path> images(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          "there is no folder " + folder + " of added images; name one with --add");
    }
    var normal = folder.resolve("normal");
    boolean reviews = Files.isDirectory(normal) || Files.isDirectory(folder.resolve("defective"));
    if (reviews) {
      return falseAlarms(folder, normal);
    }
    var images = ImagePaths.in(folder);
    if (images.isEmpty()) {
      throw new InputException(
          "there are no images in "
              + folder
              + "; name a folder of normal images, or that in which serve --reviews keeps one"
              + " model's, such as reviews/bottle");
    }
    return images;
  }

  private static List<Path> falseAlarms(Path folder, Path normal) {
    var all = Files.isDirectory(normal) ? ImagePaths.in(normal) : List.<Path>of();
    var marked = all.stream().filter(AddedImages::isFalseAlarm).toList();
    if (marked.isEmpty()) {
      throw new InputException(
          "there are no false alarms in "
              + folder
              + ": of the "
              + all.size()
              + " images in its folder normal none is marked as one; review some, or name "
              + normal
              + " to add all of them");
    }
    return marked;
  }

  private static boolean isFalseAlarm(Path image) {
    var name = FileNames.last(image);
    var review = image.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".json");
    if (!Files.exists(review)) {
      return false;
    }
    try {
      return JSON.readTree(Files.readAllBytes(review)).path("mark").asText().equals(FALSE_ALARM);
    } catch (JsonProcessingException e) {
      throw new InputException(
          "the review " + review + " is not valid JSON; delete it, or review the image again", e);
    } catch (IOException e) {
      throw new InputException(
          "the review " + review + " cannot be read (" + IoReason.of(e) + ")", e);
    }
  }
}
