package org.aand.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Spark in the process of a test. */
public final class LocalSpark {
  private LocalSpark() {}

  /** Settings without pages and with few shuffles, which small data do not need. */
  public static SparkConf settings() {
    return new SparkConf()
        .setAppName("test")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.sql.shuffle.partitions", "2")
        .set("spark.sql.session.timeZone", "UTC");
  }

  /** A session on so many cores; to be stopped by the caller. */
  static SparkSession start(int cores) {
    return SparkSession.builder()
        .config(settings().setMaster("local[" + cores + "]"))
        .getOrCreate();
  }
}
