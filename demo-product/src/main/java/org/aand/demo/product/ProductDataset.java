package org.aand.demo.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.aand.common.file.OutputPlace;
import org.aand.common.image.PngFile;
import org.aand.common.random.RandomStreams;
import org.aand.io.dataset.Category;
import org.aand.io.dataset.DatasetFingerprint;
import org.aand.io.dataset.DatasetLayout;
import org.aand.io.dataset.MvtecLayout;
import org.aand.io.dataset.Sample;

/**
 * Draws a data set of photographs of a machined gear wheel, in the folder layout of MVTec AD (see
 * {@link MvtecLayout}):
 *
 * <pre>
 * FOLDER/CATEGORY/train/good/000.png ...
 * FOLDER/CATEGORY/test/good/000.png ...
 * FOLDER/CATEGORY/test/KIND/000.png ...               KIND: see {@link DefectKind}
 * FOLDER/CATEGORY/ground_truth/KIND/000_mask.png ...
 * FOLDER/CATEGORY/settings.txt                        what it was drawn with, and its hash
 * </pre>
 *
 * <p>Parts vary in place, angle, finish, light and noise; defects of a kind vary from hard to see
 * to obvious. Outside its mask an image is, to the last bit, that of the same part without the
 * defect; inside, it differs visibly but for small gaps. Every image depends on the seed, its kind
 * and its number alone, so more images can be asked for without changing the others, and every
 * machine draws the same pixels.
 */
public final class ProductDataset {
  /** Changes whenever the drawing does, so that earlier data sets are not taken for today's. */
  private static final int VERSION = 1;

  private static final String SETTINGS_FILE = "settings.txt";

  private ProductDataset() {}

  private record Job(ProductSettings settings, Path folder, String name, int number) {}

  /**
   * Draws the data set, unless it is there already.
   *
   * <p>It appears whole or not at all: it is drawn into a hidden folder beside its own, which is
   * then moved.
   *
   * @param folder what to put the category's folder into; created if it does not exist
   * @param settings how much to draw
   * @return the category
   * @throws InputException if the category's folder holds anything but the complete data set of the
   *     same settings, or it cannot be written
   */
  public static Category write(Path folder, ProductSettings settings) {
    Path target = folder.resolve(settings.category());
    try {
      if (occupied(target)) {
        return earlier(folder, settings);
      }
      OutputPlace.makeFolder(folder);
      // Not a temporary folder, which only its owner could read after the move.
      long process = ProcessHandle.current().pid();
      Path beside = folder.resolve("." + settings.category() + "." + process + ".part");
      deleteTree(beside);
      try {
        Files.createDirectory(beside);
        draw(beside, settings);
        Files.deleteIfExists(target);
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        deleteTree(beside);
      }
      return new MvtecLayout(folder).open(settings.category());
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(
          "cannot write the data set " + target + " (" + IoReason.describe(e) + ")", e);
    }
  }

  private static boolean occupied(Path target) throws IOException {
    if (!Files.exists(target)) {
      return false;
    }
    if (!Files.isDirectory(target)) {
      throw new InputException(target + " is a file; choose another folder for the data set");
    }
    try (var entries = Files.list(target)) {
      return entries.findAny().isPresent();
    }
  }

  private static Category earlier(Path folder, ProductSettings settings) throws IOException {
    Path target = folder.resolve(settings.category());
    String written;
    try {
      written = Files.readString(target.resolve(SETTINGS_FILE));
    } catch (NoSuchFileException e) {
      throw new InputException(
          target + " holds something else; choose another folder for the data set", e);
    }
    if (!written.startsWith(text(settings))) {
      throw new InputException(
          target + " was drawn with other settings; choose another folder or remove it");
    }
    var category = new MvtecLayout(folder).open(settings.category());
    if (!written.equals(text(settings) + hash(category))) {
      throw new InputException(
          target + " was changed after it was drawn; remove it or choose another folder");
    }
    return category;
  }

  private static void draw(Path root, ProductSettings settings) throws IOException {
    var jobs = new ArrayList<Job>();
    add(jobs, root, "train/" + Sample.GOOD, settings.trainGood(), settings);
    add(jobs, root, "test/" + Sample.GOOD, settings.testGood(), settings);
    jobs.parallelStream().forEach(ProductDataset::drawGood);
    for (DefectKind kind : DefectKind.values()) {
      Path masks = root.resolve("ground_truth").resolve(kind.folderName());
      Files.createDirectories(masks);
      var defects = new ArrayList<Job>();
      add(defects, root, "test/" + kind.folderName(), settings.testPerDefect(), settings);
      defects.parallelStream().forEach(job -> drawDefective(job, kind, masks));
    }
    String hash = hash(new MvtecLayout(root).open(DatasetLayout.ITSELF));
    Files.writeString(root.resolve(SETTINGS_FILE), text(settings) + hash);
  }

  private static void add(
      List<Job> jobs, Path root, String name, int count, ProductSettings settings)
      throws IOException {
    Path folder = Files.createDirectories(root.resolve(name));
    for (int number = 0; number < count; number++) {
      jobs.add(new Job(settings, folder, name, number));
    }
  }

  private static void drawGood(Job job) {
    var random = new RandomStreams(job.settings.seed()).stream("product/" + job.name, job.number);
    var photo = ProductPhoto.good(job.settings.size(), random);
    PngFile.write(photo.rendered(), job.folder.resolve(fileName(job, "")));
  }

  private static void drawDefective(Job job, DefectKind kind, Path masks) {
    var random = new RandomStreams(job.settings.seed()).stream("product/" + job.name, job.number);
    double severity = severity(job.number);
    var photo = ProductPhoto.defective(job.settings.size(), random, kind, severity);
    PngFile.write(photo.rendered(), job.folder.resolve(fileName(job, "")));
    PngFile.write(photo.mask(), masks.resolve(fileName(job, "_mask")));
  }

  /** Multiples of the golden ratio: any few images in a row cover easy and hard. */
  static double severity(int number) {
    double multiple = 0.75 + number * 0.6180339887498949;
    return multiple - Math.floor(multiple);
  }

  private static String fileName(Job job, String suffix) {
    return String.format(Locale.ROOT, "%03d%s.png", job.number, suffix);
  }

  private static String text(ProductSettings settings) {
    return "Drawn by AAND, drawing version "
        + VERSION
        + "\nseed "
        + settings.seed()
        + "\nsize "
        + settings.size()
        + "\ntrain/good "
        + settings.trainGood()
        + "\ntest/good "
        + settings.testGood()
        + "\ntest of each defect "
        + settings.testPerDefect()
        + "\n";
  }

  private static String hash(Category category) {
    return "sha256 " + DatasetFingerprint.of(category).sha256() + "\n";
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> all;
    try (var walk = Files.walk(root)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
