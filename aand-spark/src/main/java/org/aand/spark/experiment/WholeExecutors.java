package org.aand.spark.experiment;

import java.util.regex.Pattern;
import org.aand.common.InputException;
import org.apache.spark.SparkConf;

/** Settings under which a task has all cores of its executor, as a training wants them. */
final class WholeExecutors {
  private static final String CORES = "spark.executor.cores";
  private static final String OPTIONS = "spark.executor.extraJavaOptions";
  private static final String ENVIRONMENT = "spark.executorEnv.";
  private static final Pattern LOCAL = Pattern.compile("local(\\[(\\*|\\d+)(,\\d+)?])?");

  private WholeExecutors() {}

  /**
   * Adds them.
   *
   * @throws InputException if it is not said how many cores an executor has
   */
  static SparkConf in(SparkConf settings) {
    int cores = cores(settings);
    settings.set("spark.task.cpus", Integer.toString(cores));
    // A training that is slow is not done twice: both would write to one folder.
    settings.set("spark.speculation", "false");
    settings.set(
        OPTIONS, (settings.get(OPTIONS, "") + " -XX:ActiveProcessorCount=" + cores).strip());
    setIfMissing(settings, ENVIRONMENT + "OMP_NUM_THREADS", Integer.toString(cores));
    setIfMissing(settings, ENVIRONMENT + "OMP_WAIT_POLICY", "PASSIVE");
    return settings;
  }

  private static void setIfMissing(SparkConf settings, String key, String value) {
    if (!settings.contains(key)) {
      settings.set(key, value);
    }
  }

  private static int cores(SparkConf settings) {
    var local = LOCAL.matcher(settings.get("spark.master"));
    if (local.matches()) {
      var threads = local.group(2);
      return threads == null
          ? 1
          : threads.equals("*")
              ? Runtime.getRuntime().availableProcessors()
              : Integer.parseInt(threads);
    }
    if (!settings.contains(CORES)) {
      throw new InputException(
          "it is not said how many cores a training has; give spark-submit --conf " + CORES + "=N");
    }
    return settings.getInt(CORES, 1);
  }
}
