package org.aand.io.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aand.common.InputException;

/** Reads {@code meta.json}, the list that several programs make of a data set. */
final class VisaJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private VisaJson() {}

  /** Where the list is. */
  static Path file(Path data) {
    return data.resolve("meta.json");
  }

  /**
   * Reads the list.
   *
   * @throws InputException if it cannot be read or has another shape
   */
  static List<ListedImage> read(Path file) {
    var images = new ArrayList<ListedImage>();
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      for (String split : List.of("train", "test")) {
        for (var category : object(root.path(split), file + ": " + split).properties()) {
          String place = file + ": " + split + "/" + category.getKey();
          addAll(images, category, split.equals("train"), place);
        }
      }
    } catch (JsonProcessingException e) {
      throw new InputException(
          "the list " + file + " is no JSON file (" + e.getOriginalMessage() + ")", e);
    } catch (IOException e) {
      throw new InputException("cannot read the list " + file + " (" + e + ")", e);
    }
    return images;
  }

  private static void addAll(
      List<ListedImage> images, Map.Entry<String, JsonNode> category, boolean train, String place) {
    if (!category.getValue().isArray()) {
      throw new InputException(place + " is no array of images");
    }
    int number = 0;
    for (JsonNode image : category.getValue()) {
      number++;
      images.add(image(image, category.getKey(), train, place + " number " + number));
    }
  }

  private static ListedImage image(JsonNode image, String category, boolean train, String place) {
    JsonNode anomaly = object(image, place).path("anomaly");
    if (!anomaly.isInt() || anomaly.intValue() < 0 || anomaly.intValue() > 1) {
      throw new InputException(place + ": anomaly is neither 0 nor 1");
    }
    return new ListedImage(
        place,
        category,
        train,
        anomaly.intValue() == 0 ? Sample.GOOD : kind(image),
        image.path("img_path").asText(),
        image.path("mask_path").asText());
  }

  private static String kind(JsonNode image) {
    String kind = image.path("specie_name").asText();
    return kind.isBlank() || kind.equals(Sample.GOOD) ? "anomaly" : kind;
  }

  private static JsonNode object(JsonNode node, String place) {
    if (!node.isObject()) {
      throw new InputException(
          place + " is no object; meta.json has train and test with categories");
    }
    return node;
  }
}
