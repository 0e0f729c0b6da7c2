package org.aand.io.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.aand.common.InputException;

/**
 * The layouts of VisA, where a file lists the images and says what they are for:
 *
 * <ul>
 *   <li>{@code DATA/split_csv/1cls.csv}, as VisA comes: a line for each image with the columns
 *       {@code object,split,label,image,mask}; split is train or test, label normal or anomaly
 *   <li>{@code DATA/meta.json}, as several programs make it: <code>
 *       {"train"|"test": {CATEGORY: [{"img_path", "mask_path", "specie_name", "anomaly"}, ...]}}
 *       </code>
 * </ul>
 *
 * <p>The files' paths are relative to DATA, with forward slashes. Where both lists are there,
 * VisA's own counts. Masks hold small numbers: whatever is not zero is anomalous. No images are
 * held out.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>Y. Zou, J. Jeong, L. Pemula, D. Zhang, O. Dabeer. SPot-the-Difference self-supervised
 *       pre-training for anomaly detection and segmentation. ECCV 2022.
 * </ol>
 *
 * @param data the folder that holds the list and the images
 */
public record VisaLayout(Path data) implements DatasetLayout {
  @Override
  public boolean recognised() {
    return Files.isRegularFile(VisaCsv.file(data)) || Files.isRegularFile(VisaJson.file(data));
  }

  @Override
  public List<String> categories() {
    return recognised()
        ? list().stream().map(ListedImage::category).distinct().sorted().toList()
        : List.of();
  }

  @Override
  public Category open(String category) {
    var all = list();
    var own = all.stream().filter(image -> image.category().equals(category)).toList();
    if (own.isEmpty()) {
      var names = all.stream().map(ListedImage::category).distinct().sorted().toList();
      throw new InputException(
          "there is no category "
              + category
              + " in "
              + data
              + "; "
              + (names.isEmpty()
                  ? listFile() + " lists none"
                  : "there are: " + String.join(", ", names)));
    }
    refuseDuplicates(own);
    var train = samples(own, true);
    if (train.isEmpty()) {
      throw new InputException(
          "there are no training images of " + category + " in the list " + listFile());
    }
    var test = samples(own, false);
    requireMasksOfAllOrNone(test);
    return new Category(category, data, train, List.of(), test);
  }

  private List<ListedImage> list() {
    Path file = listFile();
    return file.equals(VisaCsv.file(data)) ? VisaCsv.read(file) : VisaJson.read(file);
  }

  private Path listFile() {
    if (!Files.isDirectory(data)) {
      throw new InputException("there is no data folder " + data);
    }
    return Stream.of(VisaCsv.file(data), VisaJson.file(data))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "there is neither " + VisaCsv.file(data) + " nor " + VisaJson.file(data)));
  }

  private List<Sample> samples(List<ListedImage> images, boolean train) {
    return images.stream()
        .filter(image -> image.train() == train)
        .map(image -> image.sample(data))
        .sorted(Comparator.comparing(Sample::name))
        .toList();
  }

  private static void refuseDuplicates(List<ListedImage> images) {
    var places = new HashMap<String, String>();
    for (var image : images) {
      String other = places.put(image.image(), image.place());
      if (other != null) {
        throw new InputException(
            "the image " + image.image() + " is listed twice: " + other + " and " + image.place());
      }
    }
  }

  private static void requireMasksOfAllOrNone(List<Sample> test) {
    var kindsWithMasks = new HashSet<String>();
    test.stream().filter(Sample::hasMask).forEach(s -> kindsWithMasks.add(s.defect()));
    for (var sample : test) {
      if (!sample.hasMask() && kindsWithMasks.contains(sample.defect())) {
        throw new InputException(
            "the image " + sample.image() + " has no mask though others of its kind have one");
      }
    }
  }
}
