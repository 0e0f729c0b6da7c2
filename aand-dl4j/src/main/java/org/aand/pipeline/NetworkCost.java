package org.aand.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aand.common.image.ImageSize;
import org.aand.common.random.RandomStreams;
import org.aand.network.ParameterSpec;
import org.aand.network.teacher.Backbone;
import org.aand.nn.Parameters;
import org.aand.samediff.Detector;
import org.aand.train.TrainingSettings;
import org.aand.variant.Variant;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * How large and how slow the network of a variant is, the paper's Table VIII; neither depends on
 * what the parameters are, so they are random.
 *
 * @param parameters learned values of each part that detection needs: backbone, RAA modules,
 *     projections, bottleneck, decoder, discriminator; running statistics not counted, nor what the
 *     released code holds without using it
 * @param millisecondsPerImage the median time of an image by itself, from the normalised image to
 *     anomaly map and score
 */
public record NetworkCost(Map<String, Long> parameters, double millisecondsPerImage) {
  private static final long SEED = 1;

  public NetworkCost {
    parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** The learned values of all parts. */
  public long total() {
    return parameters.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Builds the network and measures it on images of noise.
   *
   * @param repetitions how many images are timed, after some that are not
   * @throws IllegalArgumentException if there are no repetitions
   */
  public static NetworkCost measure(
      Variant variant, Backbone backbone, ImageSize imageSize, int repetitions) {
    var weights =
        Parameters.initialise(backbone.parameters(), DataType.FLOAT, new RandomStreams(SEED));
    var network = Network.of(variant, backbone, imageSize, new TrainingSettings());
    try (var model = network.model(weights, imageSize, SEED);
        var detector = Detector.takingOver(model)) {
      return new NetworkCost(
          count(variant, backbone),
          MedianTime.millis(imageSize, repetitions, image -> detector.detect(List.of(image))));
    }
  }

  /** The learned values of each part. */
  public static Map<String, Long> count(Variant variant, Backbone backbone) {
    var counts = new LinkedHashMap<String, Long>();
    counts.put("backbone", learned(backbone.parameters()));
    var network = Network.of(variant, backbone);
    var others = new java.util.ArrayList<>(network.teacher().moduleParameters());
    others.addAll(network.scoring().parameters());
    for (var spec : others) {
      counts.merge(part(spec.name()), learned(List.of(spec)), Long::sum);
    }
    return counts;
  }

  private static long learned(List<ParameterSpec> specs) {
    return specs.stream().filter(ParameterSpec::trained).mapToLong(ParameterSpec::length).sum();
  }

  private static String part(String parameter) {
    return switch (parameter.substring(0, parameter.indexOf('_'))) {
      case "raa" -> "RAA modules";
      case "projection" -> "projections";
      case "bottleneck" -> "bottleneck";
      case "discriminator" -> "discriminator";
      case "padim" -> "Gaussians";
      case "student" -> "student";
      case "patchcore" -> "memory bank";
      default -> "decoder";
    };
  }
}
