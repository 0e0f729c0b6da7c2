package org.aand.pipeline;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.aand.io.variation.Variation;
import org.aand.network.padim.Padim;
import org.aand.network.raa.Gate;
import org.aand.network.raa.Residual;
import org.aand.report.page.Numbers;
import org.aand.variant.FeatureDiscrimination;

/**
 * A request as the report shows it: the settings that have an effect on its method.
 *
 * @param request what was asked for
 */
record RequestText(TrainRequest request) {
  /** Settings by name, in the order to show them. */
  Map<String, String> lines() {
    var text = new LinkedHashMap<String, String>();
    var tiling = request.tiling();
    text.put("data", request.data().toString());
    text.put("layout", request.layout().key());
    text.put("category", request.category());
    text.put("method", Methods.of(request.variant()).key());
    text.put("variant", request.label());
    text.put("recipe", request.recipe().key());
    request.timeBudget().ifPresent(time -> text.put("time budget", Numbers.duration(time)));
    text.put("protocol", request.protocol().key());
    text.put("backbone", request.backbone().name());
    text.put("textures", request.textures().map(Path::toString).orElse("generated"));
    text.put("image size", tiling.tileSize().shortest());
    if (tiling.divides()) {
      text.put("resolution", tiling.toString());
    }
    request
        .variation()
        .ifPresent(v -> text.put("varied copies", Variation.COPIES + " an image, " + v));
    if (request.variant().fitted()) {
      fitting(text);
    } else {
      training(text);
    }
    request
        .calibration()
        .share()
        .ifPresent(
            share -> {
              text.put("calibration share", number(share));
              text.put("false-alarm rate", number(request.calibration().falseAlarmRate()));
            });
    text.put("seed", Long.toString(request.training().seed()));
    text.putAll(request.continuation().describe(request.training()));
    return text;
  }

  private void fitting(Map<String, String> text) {
    if (request.variant().discrimination() == FeatureDiscrimination.PADIM) {
      var padim = request.training().methods().padim();
      int all = Padim.allChannels(request.backbone());
      text.put("channels", padim.channelsOf(request.backbone()) + " of " + all);
      text.put("shrinkage", number(padim.shrinkage()));
    } else {
      var patchCore = request.training().methods().patchCore();
      text.put("coreset share", number(patchCore.coresetShare()));
      text.put("neighbours", Integer.toString(patchCore.neighbours()));
    }
  }

  private void training(Map<String, String> text) {
    var variant = request.variant();
    var training = request.training();
    text.put("batch size", Integer.toString(training.batchSize()));
    if (variant.trainsFirstStage()) {
      text.put("stage 1 epochs", Integer.toString(training.stage1Epochs()));
    }
    if (variant.gate() != Gate.NONE) {
      text.put("memory items of a kind", Integer.toString(variant.memoryItems()));
      text.put("focal alpha", number(training.stage1().focal().alpha()));
      text.put("focal gamma", number(training.stage1().focal().gamma()));
    }
    if (variant.residual() != Residual.NONE) {
      text.put("amplification margin", number(training.stage1().margin()));
      text.put("amplification weight", number(training.stage1().amplificationWeight()));
    }
    if (variant.hardest() > 0) {
      text.put("hardest locations", Integer.toString(variant.hardest()));
    }
    text.put("stage 2 epochs", Integer.toString(training.stage2Epochs()));
    if (request.joinsBank()) {
      text.put("memory bank", "at most " + training.methods().bankItems() + " items");
    }
    text.put("learning rate", number(training.schedule().base()));
    text.put("learning rate factor at 80 % and 90 %", number(training.schedule().factor()));
    text.put("Adam beta1", number(training.adam().beta1()));
    text.put("Adam beta2", number(training.adam().beta2()));
  }

  private static String number(double value) {
    return Double.toString(value);
  }
}
