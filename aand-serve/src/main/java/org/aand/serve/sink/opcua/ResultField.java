package org.aand.serve.sink.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.aand.api.Verdict;
import org.aand.serve.sink.ResultRecord;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A value of a result, as a variable of the last result and as a field of its event.
 *
 * @param name as OPC 40100-1 has it in ResultDataType, where it does
 * @param type OPC UA's data type
 * @param description for whoever browses
 * @param value the value of a result, null where it has none
 */
record ResultField(
    String name, NodeId type, String description, Function<ResultRecord, @Nullable Object> value) {
  static final List<ResultField> ALL =
      List.of(
          new ResultField(
              "ResultId", NodeIds.String, "Different for each result.", ResultRecord::id),
          new ResultField(
              "CreationTime",
              NodeIds.UtcTime,
              "When the image was inspected.",
              result -> new DateTime(result.time())),
          new ResultField(
              "InternalRecipeId", NodeIds.String, "The model that decided.", ResultRecord::model),
          new ResultField("Image", NodeIds.String, "The image's name.", ResultRecord::image),
          new ResultField(
              "Score",
              NodeIds.Double,
              "Anomaly score of the image; higher is more anomalous.",
              result -> orNull(result.score())),
          new ResultField(
              "Threshold",
              NodeIds.Double,
              "Scores above are anomalous; none if the model is not calibrated.",
              result -> orNull(result.threshold())),
          new ResultField(
              "Verdict",
              NodeIds.String,
              "normal, anomalous or undecided; none if the image could not be used.",
              result -> result.verdict().map(Verdict::key).orElse(null)),
          new ResultField(
              "Regions",
              NodeIds.UInt32,
              "Regions of the image above the pixel threshold.",
              result -> uint(result.regions().size())),
          new ResultField(
              "Error",
              NodeIds.String,
              "Why the image could not be inspected; none otherwise.",
              result -> result.error().orElse(null)),
          new ResultField(
              "ResultContent", NodeIds.String, "The whole result as JSON.", ResultRecord::json));

  private static @Nullable Object orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
