package org.aand.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.aand.common.InputException;
import org.aand.report.Teacher;
import org.aand.samediff.ModelStore;

/** The parameters that a training begins with: a teacher's, or all those of a trained model. */
final class TrainStart {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TrainStart() {}

  /**
   * Loads them.
   *
   * @param dataSha256 hash of the data set that will be trained on
   * @throws InputException if a file cannot be used, or a model is of another network or data set
   */
  static TeacherChoice.Loaded load(TrainRequest request, String dataSha256) {
    return request
        .continuation()
        .model()
        .map(file -> trained(file, request, dataSha256))
        .orElseGet(() -> request.teacher().load(request.backbone()));
  }

  private static TeacherChoice.Loaded trained(Path file, TrainRequest request, String dataSha256) {
    var stored = ModelStore.read(file);
    try {
      var network =
          Network.of(
              request.variant(),
              request.backbone(),
              request.tiling().tileSize(),
              request.training());
      if (!stored.model().teacher().equals(network.teacher())) {
        throw new InputException(
            "the model "
                + file
                + " is of another network than the settings say; leave out --config, --method and"
                + " --backbone, so that they are those of the model's run");
      }
      var trainedOn = stored.notes().provenance().path("dataSha256").path("data").asText();
      if (!trainedOn.isEmpty() && !trainedOn.equals(dataSha256)) {
        throw new InputException(
            "the images in "
                + request.data()
                + " are not those that "
                + file
                + " was trained on, so that some of those might be held out now; give that folder"
                + " as it was with --data, and more images with --add, or train anew");
      }
      return new TeacherChoice.Loaded(
          stored.model().parameters(), JSON.treeToValue(stored.about(), Teacher.class));
    } catch (JsonProcessingException e) {
      stored.model().close();
      throw new InputException(
          "the model " + file + " does not say where its teacher comes from; train it again", e);
    } catch (RuntimeException e) {
      stored.model().close();
      throw e;
    }
  }
}
