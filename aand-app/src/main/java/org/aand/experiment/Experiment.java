package org.aand.experiment;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aand.pipeline.Observations;
import org.aand.pipeline.Recipe;
import org.aand.variant.Variant;

/**
 * The runs that a table or figure of the paper needs.
 *
 * @param name the experiment's key, such as {@code components}
 * @param title for people
 * @param shows the tables and figures of the paper, such as {@code Table V}
 * @param cost whether parameters and inference time of every row are measured
 * @param use whether the model of every run is measured in use: its size, the time of an image
 * @param comparison whether the anomaly maps of all rows are put side by side
 * @param categories by data set those that are run where nothing else is asked for; all of a data
 *     set that is not named here
 * @param baseline the row that the others are compared with in pairs; absent for no comparison
 * @param rows the methods
 */
public record Experiment(
    String name,
    String title,
    List<String> shows,
    boolean cost,
    boolean use,
    boolean comparison,
    Map<String, List<String>> categories,
    Optional<String> baseline,
    List<Row> rows) {

  /**
   * One method.
   *
   * @param key of the row
   * @param variant what is trained
   * @param recipe how it is trained; the standard recipe has its own batches
   * @param randomTeacher whether the teacher has random weights whatever was asked for
   * @param trained whether it is trained and tested; else its cost alone is measured
   * @param figures what is observed besides
   */
  public record Row(
      String key,
      Variant variant,
      Recipe recipe,
      boolean randomTeacher,
      boolean trained,
      Observations figures) {
    /** The method for people. */
    String label() {
      return variant.label(recipe.fitsRule());
    }
  }

  /**
   * @throws IllegalArgumentException if there are no rows, one is there twice, or one would give
   *     nothing
   */
  public Experiment {
    shows = List.copyOf(shows);
    categories = Map.copyOf(categories);
    rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("no rows");
    }
    var keys = new HashSet<String>();
    for (var row : rows) {
      if (!keys.add(row.key())) {
        throw new IllegalArgumentException("row " + row.key() + " twice");
      }
      if (!row.trained() && !cost) {
        throw new IllegalArgumentException(
            "row " + row.key() + " is not trained, and no cost is measured");
      }
    }
    if (baseline.isPresent() && !keys.contains(baseline.get())) {
      throw new IllegalArgumentException("the baseline " + baseline.get() + " is no row");
    }
  }
}
