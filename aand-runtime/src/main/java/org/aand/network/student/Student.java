package org.aand.network.student;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.aand.network.Activation;
import org.aand.network.ConvNorm;
import org.aand.network.Net;
import org.aand.network.ParameterSpec;
import org.aand.network.ResidualBlock;
import org.aand.network.teacher.Backbone;

/**
 * One-class bottleneck and decoder.
 *
 * <p>The bottleneck brings the three levels to the deepest size by 3x3 convolutions with stride 2,
 * concatenates them and compresses them by residual blocks; the decoder mirrors the backbone with
 * transposed convolutions.
 *
 * <ul>
 *   <li>inputs: {@code [N, S/4, S/4, C]}, {@code [N, S/8, S/8, 2C]}, {@code [N, S/16, S/16, 4C]}
 *   <li>bottleneck: {@code [N, S/32, S/32, 8C]}
 *   <li>outputs: of the inputs' shapes, in their order
 * </ul>
 *
 * <p>Source: H. Deng, X. Li. Anomaly detection via reverse distillation from one-class embedding.
 * CVPR 2022; {@code BN_layer} and {@code de_wide_resnet50_2} of the released code.
 *
 * @param backbone whose features are reconstructed, and whose kind of block is used
 * @param bottleneckBlocks number of residual blocks in the bottleneck
 * @param projects whether RD++'s projection layers lie before the bottleneck
 */
public record Student(Backbone backbone, int bottleneckBlocks, boolean projects) {
  /** A student without projection layers. */
  public Student(Backbone backbone, int bottleneckBlocks) {
    this(backbone, bottleneckBlocks, false);
  }

  /** The student that belongs to a backbone: 2 bottleneck blocks for ResNet-18, else 3. */
  public static Student of(Backbone backbone) {
    return new Student(backbone, backbone.name().equals("resnet18") ? 2 : 3);
  }

  /** The same with RD++'s projection layers. */
  public Student projecting() {
    return new Student(backbone, bottleneckBlocks, true);
  }

  private List<Projection> projections() {
    var projections = new ArrayList<Projection>();
    for (int i = 0; projects && i < Backbone.LEVELS; i++) {
      projections.add(new Projection(Backbone.LEVEL_NAMES.get(i), backbone.channels().get(i)));
    }
    return projections;
  }

  /** All parameters, running statistics included, in network order. */
  public List<ParameterSpec> parameters() {
    var all = new ArrayList<ParameterSpec>();
    projections().forEach(projection -> all.addAll(projection.parameters()));
    fusion().forEach(layer -> all.addAll(layer.parameters()));
    compression().forEach(block -> all.addAll(block.parameters()));
    for (int stage = 0; stage < Backbone.LEVELS; stage++) {
      stage(stage).forEach(block -> all.addAll(block.parameters()));
    }
    return all;
  }

  /** Adds bottleneck and decoder; the reconstructed features, shallowest first. */
  public <T> List<T> build(Net<T> net, List<T> features) {
    return decode(net, compress(net, project(net, features)));
  }

  /** Adds the projection layers, where there are any; the features as the bottleneck gets them. */
  public <T> List<T> project(Net<T> net, List<T> features) {
    var projected = new ArrayList<>(features);
    var projections = projections();
    for (int i = 0; i < projections.size(); i++) {
      projected.set(i, projections.get(i).build(net, features.get(i)));
    }
    return projected;
  }

  /** Whether a parameter belongs to the projection layers. */
  public static boolean ofProjection(String parameter) {
    return parameter.startsWith(Projection.PREFIX);
  }

  /** Adds the bottleneck. */
  public <T> T compress(Net<T> net, List<T> features) {
    var layers = fusion();
    var a = net.convNorm(features.get(0), layers.get(0), Activation.RELU);
    a = net.convNorm(a, layers.get(1), Activation.RELU);
    var b = net.convNorm(features.get(1), layers.get(2), Activation.RELU);
    var x = net.concat(List.of(a, b, features.get(2)));
    for (var block : compression()) {
      x = block.build(net, x);
    }
    return x;
  }

  /** Adds the decoder; the reconstructed features, shallowest first. */
  public <T> List<T> decode(Net<T> net, T bottleneck) {
    var features = new ArrayList<T>();
    var x = bottleneck;
    for (int stage = 0; stage < Backbone.LEVELS; stage++) {
      for (var block : stage(stage)) {
        x = block.build(net, x);
      }
      features.add(x);
    }
    Collections.reverse(features);
    return features;
  }

  private List<ConvNorm> fusion() {
    var channels = backbone.channels();
    int a = channels.get(0);
    int b = channels.get(1);
    int c = channels.get(2);
    return List.of(
        ConvNorm.plain("bottleneck_fuse_a1_conv", "bottleneck_fuse_a1_bn", a, b, 3, 2),
        ConvNorm.plain("bottleneck_fuse_a2_conv", "bottleneck_fuse_a2_bn", b, c, 3, 2),
        ConvNorm.plain("bottleneck_fuse_b_conv", "bottleneck_fuse_b_bn", b, c, 3, 2));
  }

  /** Base width of the bottleneck's blocks, which go on where the backbone ends. */
  private int planes() {
    return 8 * backbone.planes();
  }

  private List<ResidualBlock> compression() {
    var blocks = new ArrayList<ResidualBlock>();
    for (int i = 0; i < bottleneckBlocks; i++) {
      var prefix = "bottleneck_block" + (i + 1) + "_";
      blocks.add(
          i == 0
              ? backbone.block(prefix, 3 * backbone.channels().get(2), planes(), 2)
              : backbone.block(prefix, planes() * backbone.expansion(), planes(), 1));
    }
    return blocks;
  }

  /** The decoder's stages from the deepest; their lengths are the backbone's in its order. */
  private List<ResidualBlock> stage(int stage) {
    int planes = planes() >> (stage + 1);
    int in = 2 * planes * backbone.expansion();
    var blocks = new ArrayList<ResidualBlock>();
    for (int i = 0; i < backbone.blocks().get(stage); i++) {
      var prefix = "decoder" + (stage + 1) + "_block" + (i + 1) + "_";
      blocks.add(
          i == 0
              ? backbone.upsamplingBlock(prefix, in, planes)
              : backbone.block(prefix, planes * backbone.expansion(), planes, 1));
    }
    return blocks;
  }
}
