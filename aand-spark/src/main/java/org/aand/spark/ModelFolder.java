package org.aand.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.aand.model.ModelFile;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;

/**
 * A transformer on disk, as pipelines keep it: {@code metadata} of Spark ML and the model's file.
 */
final class ModelFolder {
  private ModelFolder() {}

  /** Writes it. */
  static final class Writer extends MLWriter {
    private final AnomalyDetectionModel model;

    Writer(AnomalyDetectionModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      var hadoop = sparkSession().sessionState().newHadoopConf();
      var content = ModelContent.read(model.getOrDefault(model.modelPath()), hadoop);
      DefaultParamsWriter$.MODULE$.saveMetadata(
          model,
          path,
          sparkSession(),
          DefaultParamsWriter$.MODULE$.saveMetadata$default$4(),
          DefaultParamsWriter$.MODULE$.saveMetadata$default$5());
      var file = new Path(path, ModelFile.NAME);
      try (var out = file.getFileSystem(hadoop).create(file)) {
        out.write(content.bytes());
      } catch (IOException e) {
        throw new UncheckedIOException("the model cannot be written to " + file, e);
      }
    }
  }

  /** Reads it; the model is then the one of the folder, wherever that was moved to. */
  static final class Reader extends MLReader<AnomalyDetectionModel> {
    @Override
    public AnomalyDetectionModel load(String path) {
      var plain = new DefaultParamsReader<AnomalyDetectionModel>();
      plain.session(sparkSession());
      return plain.load(path).setModelPath(new Path(path, ModelFile.NAME).toString());
    }
  }
}
