package org.aand.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.aand.api.AnomalyDetector;
import org.aand.model.ModelFile;
import org.aand.runtime.JavaEngine;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * A model on its way to the executors, as a broadcast: each executor gets the file once, in blocks
 * that it takes from the driver and from executors that have them already. A file of {@code
 * SparkContext.addFile} would be sent whole by the driver to each of them, so that the driver's
 * network would bound how many executors start at the same time.
 */
final class ShippedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String sha256;
  private final Broadcast<byte[]> file;
  private final Broadcast<SerializableConfiguration> hadoop;

  private ShippedModel(
      String sha256, Broadcast<byte[]> file, Broadcast<SerializableConfiguration> hadoop) {
    this.sha256 = sha256;
    this.file = file;
    this.hadoop = hadoop;
  }

  /** Ships a model; nothing is sent before a task asks for it. */
  static ShippedModel of(SparkSession session, ModelContent content) {
    var context = session.sparkContext();
    if (context.isLocal()) {
      // Tasks run in this process, which may live on; an executor's process ends with the job.
      context.addSparkListener(new Closing());
    }
    ClassTag<byte[]> bytes = ClassTag$.MODULE$.apply(byte[].class);
    ClassTag<SerializableConfiguration> configuration =
        ClassTag$.MODULE$.apply(SerializableConfiguration.class);
    return new ShippedModel(
        content.sha256(),
        context.broadcast(content.bytes(), bytes),
        context.broadcast(
            new SerializableConfiguration(session.sessionState().newHadoopConf()), configuration));
  }

  private static final class Closing extends SparkListener {
    @Override
    public void onApplicationEnd(SparkListenerApplicationEnd end) {
      ExecutorDetectors.closeAll();
    }
  }

  /** Tells models apart. */
  String sha256() {
    return sha256;
  }

  /** How to reach file systems, as the driver was told. */
  Configuration hadoop() {
    return hadoop.value().value();
  }

  /** Loads it, for callers that have one core each; to be closed by the caller. */
  AnomalyDetector load() {
    try {
      var copy = Files.createTempFile("aand", "-" + ModelFile.NAME);
      try {
        Files.write(copy, file.value());
        return AnomalyDetector.load(copy, JavaEngine.oneThreadAnImage());
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the model cannot be unpacked to this executor's disk", e);
    }
  }
}
