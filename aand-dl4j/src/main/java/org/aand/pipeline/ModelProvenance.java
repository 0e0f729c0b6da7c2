package org.aand.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import org.aand.backend.Backend;
import org.aand.common.ProgramVersion;
import org.aand.runfolder.Versions;

/** How a model came about, for its file. */
final class ModelProvenance {
  private ModelProvenance() {}

  /**
   * @param trainImages that the parameters were trained on
   * @param heldOutNormals that a threshold is set by
   * @param dataHashes by what they are of
   */
  static ObjectNode of(
      TrainRequest request, int trainImages, int heldOutNormals, Map<String, String> dataHashes) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("program", ProgramVersion.get())
        .put("nd4j", Versions.nd4j())
        .put("backend", Backend.describe())
        .put("hardware", Backend.hardware())
        .put("written", Instant.now().toString())
        .put("command", request.commandLine())
        .put("trainingImages", trainImages)
        .put("heldOutNormals", heldOutNormals);
    var hashes = node.putObject("dataSha256");
    dataHashes.forEach(hashes::put);
    node.set("settings", TrainConfig.json(request));
    return node;
  }
}
