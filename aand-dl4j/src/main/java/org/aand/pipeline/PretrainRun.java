package org.aand.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.aand.common.random.RandomStreams;
import org.aand.io.scene.Scenes;
import org.aand.network.teacher.Backbone;
import org.aand.nn.Parameters;
import org.aand.train.TeacherDistillation;
import org.aand.weights.TeacherFile;
import org.aand.weights.keras.TeacherWeights;
import org.nd4j.linalg.api.buffer.DataType;

/** Distils a small teacher from a larger one on generated images and writes its file. */
public final class PretrainRun {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PretrainRun() {}

  /**
   * What to do.
   *
   * @param small the backbone to train
   * @param large the backbone whose features it is to have
   * @param weights the larger one's weights, Keras HDF5
   * @param options the schedule
   * @param seed of images and start
   * @param out the teacher's file
   * @param commandLine as it was given
   */
  public record Request(
      Backbone small,
      Backbone large,
      Path weights,
      TeacherDistillation.Options options,
      long seed,
      Path out,
      String commandLine) {}

  /**
   * Runs to the end.
   *
   * @return the mean {@code 1 - cos} over locations in the last tenth of the steps, summed over the
   *     three levels
   * @throws org.aand.common.InputException if a file cannot be used
   */
  public static double execute(Request request, TeacherDistillation.Listener listener) {
    var options = request.options();
    int counted = Math.max(1, options.steps() / 10);
    double[] late = new double[1];
    try (var large = TeacherWeights.load(request.weights(), request.large());
        var small =
            Parameters.initialise(
                request.small().parameters(), DataType.FLOAT, new RandomStreams(request.seed()))) {
      TeacherDistillation.run(
          request.small(),
          small,
          request.large(),
          large.parameters(),
          new Scenes(request.seed(), options.imageSize())::get,
          options,
          (step, local) -> {
            late[0] += step > options.steps() - counted ? local / counted : 0;
            listener.onStep(step, local);
          });
      var about =
          JSON.createObjectNode()
              .put("distilledFrom", request.large().name())
              .put("file", String.valueOf(request.weights().getFileName()))
              .put("sha256", large.sha256())
              .put("images", "generated")
              .put("steps", options.steps())
              .put("batchSize", options.batchSize())
              .put("imageSize", options.imageSize())
              .put("seed", request.seed())
              .put("distance", late[0])
              .put("command", request.commandLine());
      TeacherFile.write(request.small(), small, about, request.out());
    }
    return late[0];
  }
}
