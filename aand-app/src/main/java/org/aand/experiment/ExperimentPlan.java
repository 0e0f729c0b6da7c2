package org.aand.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.aand.common.InputException;
import org.aand.io.dataset.DatasetLayout;
import org.aand.io.dataset.LayoutChoice;
import org.aand.model.Tiling;
import org.aand.pipeline.Recipe;
import org.aand.pipeline.TeacherChoice;
import org.aand.pipeline.TrainRequest;
import org.aand.train.TrainingSettings;

/**
 * The cells of an experiment and the runs that they are made of. Rows of several experiments that
 * are the same training share its run.
 *
 * @param cells by data set, category, seed and row
 * @param runs each once, in the cells' order
 */
record ExperimentPlan(List<PlannedCell> cells, List<PlannedRun> runs) {
  /** The folder of all runs in an output folder. */
  static final String RUNS = "runs";

  /**
   * A cell that is to be filled.
   *
   * @param row of the experiment
   * @param dataset its key
   * @param category its name
   * @param seed of its run
   * @param run its training; absent where only the cost is measured
   */
  record PlannedCell(
      Experiment.Row row, String dataset, String category, long seed, Optional<PlannedRun> run) {}

  ExperimentPlan {
    cells = List.copyOf(cells);
    runs = List.copyOf(runs);
  }

  /**
   * Plans an experiment; no image is read.
   *
   * @throws InputException if a data set cannot be listed, or a category is in none
   */
  static ExperimentPlan of(ExperimentRequest request) {
    var cells = new ArrayList<PlannedCell>();
    var runs = new LinkedHashMap<java.nio.file.Path, PlannedRun>();
    var unknown = new TreeSet<>(request.categories());
    for (var dataset : request.data().entrySet()) {
      var layout = LayoutChoice.AUTO.at(dataset.getValue());
      for (var category : categories(request, dataset.getKey(), layout)) {
        var name = name(layout, category);
        unknown.remove(name);
        for (long seed : request.seeds()) {
          for (var row : request.experiment().rows()) {
            var run = run(request, row, dataset, category, name, seed);
            if (row.trained()) {
              runs.putIfAbsent(run.folder(), run);
            }
            cells.add(
                new PlannedCell(
                    row,
                    dataset.getKey(),
                    name,
                    seed,
                    Optional.ofNullable(runs.get(run.folder())).filter(r -> row.trained())));
          }
        }
      }
    }
    if (!unknown.isEmpty()) {
      throw new InputException(
          "no data set has the category " + unknown.first() + "; check --categories and --data");
    }
    if (cells.isEmpty()) {
      throw new InputException("there is nothing to run; check --categories and --data");
    }
    return new ExperimentPlan(cells, List.copyOf(runs.values()));
  }

  /** What {@link DatasetLayout#open} takes, of the categories that are asked for. */
  private static List<String> categories(
      ExperimentRequest request, String dataset, DatasetLayout layout) {
    var all = layout.categories();
    if (all.isEmpty()) {
      throw new InputException(
          "there is no category in " + request.data().get(dataset) + "; name its folder");
    }
    if (!request.categories().isEmpty()) {
      return all.stream().filter(c -> request.categories().contains(name(layout, c))).toList();
    }
    var chosen = request.experiment().categories().get(dataset);
    if (chosen == null) {
      return all;
    }
    for (var category : chosen) {
      if (!all.contains(category)) {
        throw new InputException(
            "the experiment "
                + request.experiment().name()
                + " is on "
                + category
                + ", which "
                + request.data().get(dataset)
                + " lacks; name others with --categories");
      }
    }
    return chosen;
  }

  private static String name(DatasetLayout layout, String category) {
    return category.equals(DatasetLayout.ITSELF) ? layout.open(category).name() : category;
  }

  private static PlannedRun run(
      ExperimentRequest request,
      Experiment.Row row,
      Map.Entry<String, java.nio.file.Path> dataset,
      String category,
      String name,
      long seed) {
    var folder =
        request
            .out()
            .resolve(RUNS)
            .resolve(dataset.getKey())
            .resolve(name)
            .resolve(method(row))
            .resolve(request.protocol().key())
            .resolve("seed-" + seed);
    var teacher =
        request.teacher().trained() && !row.randomTeacher()
            ? request.teacher()
            : new TeacherChoice.Random(seed);
    return new PlannedRun(
        dataset.getKey() + " " + name + " " + row.label() + " seed " + seed,
        TrainRequest.builder(dataset.getValue(), request.backbone(), teacher, folder)
            .category(LayoutChoice.AUTO, category)
            .textures(request.textures())
            .variant(row.variant())
            .observations(row.figures())
            .protocol(request.protocolOf(row))
            .tiling(Tiling.whole(request.imageSize()))
            .training(training(request, row.recipe()).withSeed(seed))
            .recipe(row.recipe())
            .timeBudget(request.timeBudget())
            .skipBad(request.skipBad())
            .commandLine(request.commandLine())
            .build());
  }

  private static TrainingSettings training(ExperimentRequest request, Recipe recipe) {
    var settings = request.training();
    return recipe == Recipe.STANDARD
        ? settings.copy().batchSize(recipe.batchSize()).build()
        : settings;
  }

  /** The method as a folder's name; labels of variants are unique. */
  private static String method(Experiment.Row row) {
    var name =
        row.label()
            .toLowerCase(Locale.ROOT)
            .replace("++", "-plus-plus")
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("-$", "");
    return name
        + (row.randomTeacher() ? "-random-teacher" : "")
        + (row.figures().residuals() ? "-residuals" : "")
        + (row.figures().features() ? "-features" : "");
  }
}
