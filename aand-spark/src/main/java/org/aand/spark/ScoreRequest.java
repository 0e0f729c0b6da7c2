package org.aand.spark;

/**
 * What to score and where to.
 *
 * @param model a model file or a run folder, on any file system that Hadoop knows
 * @param input a folder with all below, a file, or a pattern, likewise
 * @param output a folder that is not there yet, or that the same request began
 * @param format of the files in it
 * @param fields what the rows hold
 * @param imagesPerTask how many images a task scores, at least 1
 * @param commitEvery after how many images results are complete in the output, at least 1; as many
 *     as suit the cluster where it is 0
 */
record ScoreRequest(
    String model,
    String input,
    String output,
    Format format,
    DetectionFields fields,
    int imagesPerTask,
    long commitEvery) {
  /** How rows are written. */
  enum Format {
    PARQUET,
    JSON;

    /** What Spark calls it. */
    String key() {
      return this == PARQUET ? "parquet" : "json";
    }
  }

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  ScoreRequest {
    if (imagesPerTask < 1 || commitEvery < 0) {
      throw new IllegalArgumentException(
          "a task scores at least one image, and results are committed every so many");
    }
  }
}
