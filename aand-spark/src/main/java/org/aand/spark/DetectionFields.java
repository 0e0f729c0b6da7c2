package org.aand.spark;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.aand.api.Detection;
import org.aand.api.Region;
import org.aand.api.Verdict;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A detection as a struct of a data frame: the fields of {@link org.aand.api.DetectionRow} under
 * the same names, with the same digits.
 *
 * <ul>
 *   <li>{@code score}: float; null where the image could not be used, as all but {@code error} are
 *   <li>{@code anomalous}: boolean; null where nothing was decided
 *   <li>{@code percentile}: double, percentage of the held-out normals that score lower
 *   <li>{@code threshold}: float, what was decided by
 *   <li>{@code verdict}: normal, anomalous or undecided
 *   <li>{@code width}, {@code height}: of the image in pixels
 *   <li>{@code pixelThreshold}: float, what the regions were found by
 *   <li>{@code regions}: array of {@code x}, {@code y}, {@code width}, {@code height}, {@code
 *       area}, {@code centroid} ({@code x}, {@code y}), {@code peak} ({@code value}, {@code x},
 *       {@code y}); null without a pixel threshold
 *   <li>{@code error}: why the image could not be used, one line; null for all others
 *   <li>{@code map}, on request: array of floats {@code [mapHeight, mapWidth]} in row-major order,
 *       the anomaly map as the network gives it; {@code mapHeight}, {@code mapWidth}
 *   <li>{@code heatmap}, on request: a PNG
 * </ul>
 *
 * @param map whether the anomaly map is among them
 * @param heatmap whether the heatmap is among them
 */
record DetectionFields(boolean map, boolean heatmap) implements Serializable {
  private static final StructType CENTROID =
      new StructType().add("x", DoubleType).add("y", DoubleType);
  private static final StructType PEAK =
      new StructType().add("value", FloatType).add("x", IntegerType).add("y", IntegerType);
  private static final StructType REGION =
      new StructType()
          .add("x", IntegerType)
          .add("y", IntegerType)
          .add("width", IntegerType)
          .add("height", IntegerType)
          .add("area", IntegerType)
          .add("centroid", CENTROID)
          .add("peak", PEAK);

  /** The struct's type. */
  StructType type() {
    var type =
        new StructType()
            .add("score", FloatType)
            .add("anomalous", BooleanType)
            .add("percentile", DoubleType)
            .add("threshold", FloatType)
            .add("verdict", StringType)
            .add("width", IntegerType)
            .add("height", IntegerType)
            .add("pixelThreshold", FloatType)
            .add("regions", new ArrayType(REGION, false))
            .add("error", StringType);
    if (map) {
      type =
          type.add("map", new ArrayType(FloatType, false))
              .add("mapHeight", IntegerType)
              .add("mapWidth", IntegerType);
    }
    return heatmap ? type.add("heatmap", BinaryType) : type;
  }

  /** What was found in an image. */
  Row found(Detection found) {
    var values = new ArrayList<@Nullable Object>();
    values.add(found.score());
    values.add(found.verdict() == Verdict.UNDECIDED ? null : found.anomalous());
    values.add(found.percentile().isPresent() ? found.percentile().getAsDouble() : null);
    values.add(single(found.threshold()));
    values.add(found.verdict().key());
    values.add(found.width());
    values.add(found.height());
    values.add(single(found.pixelThreshold()));
    values.add(found.pixelThreshold().isPresent() ? regions(found.regions()) : null);
    values.add(null);
    if (map) {
      values.add(found.map());
      values.add(found.mapSize().height());
      values.add(found.mapSize().width());
    }
    if (heatmap) {
      values.add(found.heatmap());
    }
    return RowFactory.create(values.toArray());
  }

  /** An image that could not be used. */
  Row failed(String error) {
    var type = type();
    var values = new @Nullable Object[type.length()];
    values[type.fieldIndex("error")] = error;
    return RowFactory.create(values);
  }

  private static @Nullable Float single(OptionalDouble value) {
    return value.isPresent() ? (float) value.getAsDouble() : null;
  }

  /** An array, since not every way into a data frame takes lists of Java. */
  private static Row[] regions(List<Region> regions) {
    return regions.stream()
        .map(
            region ->
                RowFactory.create(
                    region.x(),
                    region.y(),
                    region.width(),
                    region.height(),
                    region.area(),
                    RowFactory.create(region.centroidX(), region.centroidY()),
                    RowFactory.create(region.peak(), region.peakX(), region.peakY())))
        .toArray(Row[]::new);
  }
}
