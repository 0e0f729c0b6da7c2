package org.aand.spark;

import java.util.Arrays;
import org.aand.common.InputException;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A trained model as a transformer of data frames: adds to every row what was found in its image.
 *
 * <pre>{@code
 * Dataset<Row> images = spark.read().format("binaryFile").load("hdfs:///line1/2026-11/*.png");
 * AnomalyDetectionModel.of("hdfs:///models/bottle.aand")
 *     .transform(images)
 *     .select("path", "detection.score", "detection.verdict", "detection.error")
 *     .write().parquet("hdfs:///results/2026-11");
 * }</pre>
 *
 * <p>The input column holds image files, as bytes or as paths on any file system that Hadoop knows.
 * The output column is a struct of
 *
 * <ul>
 *   <li>{@code score} (float), {@code anomalous} (boolean), {@code percentile} (double, [0, 100]),
 *       {@code threshold} (float), {@code verdict} (normal, anomalous, undecided), {@code width},
 *       {@code height} (pixels), {@code pixelThreshold} (float)
 *   <li>{@code regions}: array of structs of {@code x}, {@code y}, {@code width}, {@code height},
 *       {@code area}, {@code centroid}, {@code peak}, in pixels of the image
 *   <li>{@code error}: why the image could not be used; then all others are null
 *   <li>with {@code withMap}: {@code map} (array of floats {@code [mapHeight, mapWidth]}, row by
 *       row), {@code mapHeight}, {@code mapWidth}; with {@code withHeatmap}: {@code heatmap} (PNG)
 * </ul>
 *
 * <p>Scores are those of {@link org.aand.api.AnomalyDetector} to the last bit, on the same kind of
 * processor. An executor process has one detector, which its tasks share; each task passes one
 * image at a time on its own core. It works in pipelines, in Structured Streaming, and as a SQL
 * function ({@link #register}); it needs a {@code SparkContext}, which Spark Connect has not.
 *
 * <p>A model that cannot be used is told by {@link #transform}, before any task starts.
 */
public final class AnomalyDetectionModel extends Transformer implements MLWritable {
  private static final long serialVersionUID = 1L;
  private static final String PREFIX = "aand";

  private final String uid;
  private final Param<String> modelPath;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final IntParam batchSize;
  private final BooleanParam withMap;
  private final BooleanParam withHeatmap;

  /**
   * A model with all else at its default: images in the column {@code content}, results in {@code
   * detection}.
   *
   * @param modelPath a model file, or the run folder that it is in; without a scheme, on Spark's
   *     default file system
   */
  public static AnomalyDetectionModel of(String modelPath) {
    return new AnomalyDetectionModel().setModelPath(modelPath);
  }

  /** A model whose path is still to be set. */
  public AnomalyDetectionModel() {
    this(Identifiable$.MODULE$.randomUID(PREFIX));
  }

  /** The same under an identifier of one's own, as pipelines that are read have it. */
  public AnomalyDetectionModel(String uid) {
    this.uid = uid;
    modelPath = new Param<>(uid, "modelPath", "a model file, or the run folder that it is in");
    inputCol = new Param<>(uid, "inputCol", "image files, as bytes or as paths");
    outputCol = new Param<>(uid, "outputCol", "what was found");
    batchSize =
        new IntParam(
            uid,
            "batchSize",
            "files that a task reads at the same time, where the column holds paths",
            ParamValidators.inRange(1, 1000));
    withMap = new BooleanParam(uid, "withMap", "whether the anomaly map is in the result");
    withHeatmap = new BooleanParam(uid, "withHeatmap", "whether the heatmap is in the result");
    setDefault(inputCol, "content");
    setDefault(outputCol, "detection");
    setDefault(batchSize, 8);
    setDefault(withMap, false);
    setDefault(withHeatmap, false);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** A model file, or the run folder that it is in. */
  public Param<String> modelPath() {
    return modelPath;
  }

  /** The column of image files, as bytes or as paths. */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** The column of results. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /**
   * Files that a task reads at the same time, where the column holds paths. Images pass the network
   * one by one whatever it is, so it has no say in scores.
   */
  public IntParam batchSize() {
    return batchSize;
  }

  /** Whether the anomaly map is in the result. */
  public BooleanParam withMap() {
    return withMap;
  }

  /** Whether the heatmap is in the result. */
  public BooleanParam withHeatmap() {
    return withHeatmap;
  }

  /** Sets {@link #modelPath}. */
  public AnomalyDetectionModel setModelPath(String path) {
    return with(modelPath, path);
  }

  /** Sets {@link #inputCol}. */
  public AnomalyDetectionModel setInputCol(String column) {
    return with(inputCol, column);
  }

  /** Sets {@link #outputCol}. */
  public AnomalyDetectionModel setOutputCol(String column) {
    return with(outputCol, column);
  }

  /** Sets {@link #batchSize}. */
  public AnomalyDetectionModel setBatchSize(int files) {
    return with(batchSize, files);
  }

  /** Sets {@link #withMap}. */
  public AnomalyDetectionModel setWithMap(boolean wanted) {
    return with(withMap, wanted);
  }

  /** Sets {@link #withHeatmap}. */
  public AnomalyDetectionModel setWithHeatmap(boolean wanted) {
    return with(withHeatmap, wanted);
  }

  @SuppressWarnings("unchecked") // Scala's Boolean and Int are Object to Java.
  private <T> AnomalyDetectionModel with(Param<?> param, T value) {
    set((Param<Object>) param, value);
    return this;
  }

  /**
   * Adds the results.
   *
   * @throws InputException if the model cannot be used, or a column does not fit
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return transform(dataset, shipped(dataset.sparkSession()));
  }

  /** The same by a model that is on its way already, for many data frames in turn. */
  Dataset<Row> transform(Dataset<?> dataset, ShippedModel model) {
    var schema = transformSchema(dataset.schema());
    var detection = new ImageDetection(model, fields());
    var input = $(inputCol);
    if (dataset.schema().apply(input).dataType().equals(DataTypes.StringType)) {
      return dataset
          .toDF()
          .mapPartitions(
              new ReadAhead(detection, dataset.schema().fieldIndex(input), (Integer) $(batchSize)),
              Encoders.row(schema));
    }
    return dataset.withColumn(
        $(outputCol), function(detection, fields()).apply(dataset.col(input)));
  }

  private ShippedModel shipped(SparkSession session) {
    if (!isDefined(modelPath)) {
      throw new InputException("no model is named; set modelPath");
    }
    return ShippedModel.of(
        session, ModelContent.read($(modelPath), session.sessionState().newHadoopConf()));
  }

  private DetectionFields fields() {
    return new DetectionFields((Boolean) $(withMap), (Boolean) $(withHeatmap));
  }

  /** Spark must not take it for cheap: what is deterministic it may run twice for a row. */
  private static org.apache.spark.sql.expressions.UserDefinedFunction function(
      ImageDetection detection, DetectionFields fields) {
    return functions.udf(detection, fields.type()).asNondeterministic();
  }

  /**
   * Makes the model a function of SQL, such as {@code SELECT path, detect_anomalies(content).score
   * FROM images}. Its argument is the bytes of an image file, or a path.
   *
   * @param name of the function
   * @throws InputException if the model cannot be used
   */
  public void register(SparkSession session, String name) {
    session
        .udf()
        .register(name, function(new ImageDetection(shipped(session), fields()), fields()));
  }

  /**
   * The schema with the results.
   *
   * @throws InputException if the input column is missing or of another type, or the output column
   *     is there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    var names = Arrays.asList(schema.fieldNames());
    var input = $(inputCol);
    if (!names.contains(input)) {
      throw new InputException(
          "there is no column " + input + " among " + String.join(", ", names) + "; set inputCol");
    }
    DataType type = schema.apply(input).dataType();
    if (!type.equals(DataTypes.BinaryType) && !type.equals(DataTypes.StringType)) {
      throw new InputException(
          "the column "
              + input
              + " is of type "
              + type.simpleString()
              + "; images are binary (a file's bytes) or string (its path)");
    }
    if (names.contains($(outputCol))) {
      throw new InputException(
          "there is a column " + $(outputCol) + " already; set outputCol to another name");
    }
    return schema.add($(outputCol), fields().type());
  }

  @Override
  public AnomalyDetectionModel copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Writes the settings and, beside them, the model's file, so that both are moved as one. */
  @Override
  public MLWriter write() {
    return new ModelFolder.Writer(this);
  }

  /** Reads what {@link #write} wrote; also called by pipelines that hold a model. */
  public static MLReader<AnomalyDetectionModel> read() {
    return new ModelFolder.Reader();
  }

  /** Reads a folder that {@link #write} wrote. */
  public static AnomalyDetectionModel load(String path) {
    return read().load(path);
  }
}
