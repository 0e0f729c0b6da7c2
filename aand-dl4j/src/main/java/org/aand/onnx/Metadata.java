package org.aand.onnx;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.aand.calibration.Calibration;
import org.aand.calibration.CalibrationJson;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Normalisation;
import org.aand.model.ModelDescription;
import org.aand.model.ModelFile;
import org.aand.model.Scoring;

/** What an exported file says about itself: text by name; what has parts is JSON. */
final class Metadata {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Metadata() {}

  /**
   * The entries of a model.
   *
   * @param threshold that is in the graph
   * @param own whether it is the user's own and not the calibration's
   */
  static Map<String, String> of(
      ModelFile.Contents contents, float threshold, boolean own, String programVersion) {
    var model = contents.description();
    var notes = contents.notes();
    var entries = new LinkedHashMap<String, String>();
    entries.put("aand_version", programVersion);
    entries.put("threshold", Float.toString(threshold));
    var calibration = notes.calibration();
    entries.put(
        "threshold_basis",
        basis(
            own
                ? Calibration.Basis.USER
                : calibration.map(Calibration::basis).orElse(Calibration.Basis.USER)));
    calibration.ifPresent(c -> entries.put("calibration", CalibrationJson.write(c).toString()));
    entries.put("preprocessing", preprocessing(model));
    if (model.tiling().divides()) {
      entries.put(
          "tiling",
          tileSize(JSON.objectNode(), model.imageSize())
              .put("tiles", model.tiling().count())
              .toString());
    }
    entries.put("backbone", model.teacher().backbone().name());
    entries.put("scoring", scoring(model.scoring()));
    entries.put("image_score_share", Double.toString(model.rule().score().share()));
    entries.put("smoothing_sigma", Double.toString(model.rule().sigma()));
    if (!notes.method().isMissingNode()) {
      entries.put("method", notes.method().toString());
    }
    entries.put("teacher", notes.teacher().toString());
    entries.put("provenance", notes.provenance().toString());
    entries.put("model_format_version", contents.version());
    entries.put("parameters_sha256", contents.parametersSha256());
    return entries;
  }

  private static ObjectNode tileSize(ObjectNode node, ImageSize size) {
    return size.isSquare()
        ? node.put("tileSize", size.height())
        : node.put("tileHeight", size.height()).put("tileWidth", size.width());
  }

  private static String basis(Calibration.Basis basis) {
    return basis.name().toLowerCase(Locale.ROOT);
  }

  private static String scoring(Scoring scoring) {
    if (scoring instanceof Scoring.Discrepancy) {
      return scoring.memoryBank().isPresent() ? "discrepancy and memory bank" : "discrepancy";
    }
    if (scoring instanceof Scoring.GaussianDistance) {
      return "gaussians";
    }
    if (scoring instanceof Scoring.StudentTeacher) {
      return "student of the teacher's form";
    }
    if (scoring instanceof Scoring.PatchDistance) {
      return "memory bank";
    }
    return scoring instanceof Scoring.GateWeight ? "gate" : "discriminator";
  }

  private static String preprocessing(ModelDescription model) {
    var preprocessing = model.preprocessing();
    var node = JSON.objectNode();
    node.put("width", preprocessing.size().width())
        .put("height", preprocessing.size().height())
        .put("resize", preprocessing.resize().name().toLowerCase(Locale.ROOT))
        .put("antialias", true)
        .put("colors", "RGB")
        .put("layout", "NCHW");
    node.putArray("range").add(0).add(1);
    node.put("normalisation", "in the graph");
    var mean = node.putArray("mean");
    var deviation = node.putArray("deviation");
    var statistics = preprocessing.normalisation();
    for (var channel :
        new Normalisation.Channel[] {statistics.red(), statistics.green(), statistics.blue()}) {
      mean.add(channel.mean());
      deviation.add(channel.deviation());
    }
    return node.toString();
  }
}
