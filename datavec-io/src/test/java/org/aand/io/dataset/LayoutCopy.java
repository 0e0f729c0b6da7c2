package org.aand.io.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Writes a small copy of each real layout: two categories, {@code bolt} and {@code nut}, each with
 * three training images, defects {@code a} and {@code a_1} (whose masks sort the other way round)
 * and whatever else the layout has. The order of writing is shuffled.
 */
enum LayoutCopy {
  MVTEC(LayoutChoice.MVTEC, 1, 0) {
    @Override
    void plan(String category, Plan plan) {
      plan.image("train/good/", ".png", "0", "2", "10");
      plan.image("test/good/", ".png", "a");
      plan.defects("test/bent/", ".png", "ground_truth/bent/", "_mask.png", 255);
    }
  },
  VISA_CSV(LayoutChoice.VISA, 1, 0) {
    @Override
    void plan(String category, Plan plan) {
      planVisa(plan);
    }

    @Override
    void list(Path data, List<String> rows) throws IOException {
      Files.createDirectories(data.resolve("split_csv"));
      var lines = new ArrayList<>(List.of("object,split,label,image,mask"));
      lines.addAll(rows);
      Files.write(data.resolve("split_csv/1cls.csv"), lines);
    }
  },
  VISA_JSON(LayoutChoice.VISA, 1, 0) {
    @Override
    void plan(String category, Plan plan) {
      planVisa(plan);
    }

    @Override
    void list(Path data, List<String> rows) throws IOException {
      Files.writeString(
          data.resolve("meta.json"),
          "{\"train\":" + split(rows, "train") + ",\"test\":" + split(rows, "test") + "}");
    }

    private String split(List<String> rows, String split) {
      var categories = new ArrayList<String>();
      for (String category : List.of("nut", "bolt")) {
        var images = new ArrayList<String>();
        for (String row : rows) {
          String[] cells = row.split(",", -1);
          if (cells[0].equals(category) && cells[1].equals(split)) {
            images.add(
                String.format(
                    Locale.ROOT,
                    "{\"img_path\":\"%s\",\"mask_path\":\"%s\",\"cls_name\":\"%s\","
                        + "\"specie_name\":\"%s\",\"anomaly\":%d}",
                    cells[3],
                    cells[4],
                    category,
                    cells[2],
                    cells[2].equals("normal") ? 0 : 1));
          }
        }
        categories.add("\"" + category + "\":[" + String.join(",", images) + "]");
      }
      return "{" + String.join(",", categories) + "}";
    }
  },
  MVTEC3D(LayoutChoice.MVTEC3D, 1, 2) {
    @Override
    void plan(String category, Plan plan) {
      plan.image("train/good/rgb/", ".png", "0", "2", "10");
      plan.image("validation/good/rgb/", ".png", "1", "0");
      plan.image("test/good/rgb/", ".png", "a");
      plan.blackMask("test/good/gt/a.png");
      plan.defects("test/hole/rgb/", ".png", "test/hole/gt/", ".png", 255);
      plan.other("train/good/xyz/0.tiff");
      plan.other("test/hole/xyz/a.tiff");
    }
  },
  FOLDER(LayoutChoice.FOLDER, 0, 0) {
    @Override
    void plan(String category, Plan plan) {
      plan.image("good/", ".png", "0", "2", "10");
      plan.defects("bad/", ".png", "masks/bad/", "_mask.png", 255);
    }
  };

  final LayoutChoice choice;
  final int normalTestImages;
  final int validationImages;

  LayoutCopy(LayoutChoice choice, int normalTestImages, int validationImages) {
    this.choice = choice;
    this.normalTestImages = normalTestImages;
    this.validationImages = validationImages;
  }

  /** What a category has. */
  abstract void plan(String category, Plan plan);

  /** Writes the list of all images, in a layout that has one. */
  void list(Path data, List<String> rows) throws IOException {}

  /** Writes the copy, its files one after the other in an order that the seed decides. */
  DatasetLayout write(Path data, long seed) {
    var rows = new ArrayList<String>();
    var jobs = new ArrayList<Runnable>();
    for (String category : List.of("bolt", "nut")) {
      var plan = new Plan(data.resolve(category), category, jobs, rows);
      plan(category, plan);
    }
    var random = new Random(seed);
    Collections.shuffle(jobs, random);
    jobs.forEach(Runnable::run);
    Collections.shuffle(rows, random);
    try {
      list(data, rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return choice.at(data);
  }

  private static void planVisa(Plan plan) {
    plan.split = "train";
    plan.image("Data/Images/Normal/", ".JPG", "0", "2", "10");
    plan.split = "test";
    plan.image("Data/Images/Normal/", ".JPG", "a");
    plan.defects("Data/Images/Anomaly/", ".JPG", "Data/Masks/Anomaly/", ".png", 3);
    plan.other("image_anno.csv");
  }

  /** Collects what is to be written for one category. */
  static final class Plan {
    private final Path root;
    private final String category;
    private final List<Runnable> jobs;
    private final List<String> rows;
    private String split = "";
    private int number;

    private Plan(Path root, String category, List<Runnable> jobs, List<String> rows) {
      this.root = root;
      this.category = category;
      this.jobs = jobs;
      this.rows = rows;
    }

    void image(String folder, String type, String... names) {
      for (String name : names) {
        int own = ++number;
        jobs.add(() -> PaintedFiles.image(root.resolve(folder + name + type), own));
        row("normal", folder + name + type, "");
      }
    }

    void defects(String folder, String type, String masks, String maskEnd, int value) {
      for (String name : List.of("a", "a_1")) {
        int own = ++number;
        jobs.add(() -> PaintedFiles.image(root.resolve(folder + name + type), own));
        jobs.add(() -> PaintedFiles.mask(root.resolve(masks + name + maskEnd), own, value));
        row("anomaly", folder + name + type, category + "/" + masks + name + maskEnd);
      }
    }

    void blackMask(String name) {
      jobs.add(() -> PaintedFiles.mask(root.resolve(name), 0, 0));
    }

    void other(String name) {
      jobs.add(() -> new CategoryFolder(root).with(name));
    }

    /** The line of VisA's list, which the other layouts do not have. */
    private void row(String label, String image, String mask) {
      rows.add(String.join(",", category, split, label, category + "/" + image, mask));
    }
  }
}
