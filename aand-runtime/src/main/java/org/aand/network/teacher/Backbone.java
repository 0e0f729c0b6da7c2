package org.aand.network.teacher;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aand.network.Activation;
import org.aand.network.ConvNorm;
import org.aand.network.Net;
import org.aand.network.ParameterSpec;
import org.aand.network.ResidualBlock;

/**
 * A residual network up to its third stage, stride on the 3x3 convolution (torchvision's v1.5).
 *
 * <ul>
 *   <li>input: {@code [N, S, S, 3]}, normalised by ImageNet's mean and deviation
 *   <li>outputs: {@code [N, S/4, S/4, C]}, {@code [N, S/8, S/8, 2C]}, {@code [N, S/16, S/16, 4C]};
 *       C is {@code planes} for basic blocks, four times as many for bottleneck blocks
 * </ul>
 *
 * <p>Layers carry the names of Keras' residual networks: {@code conv1_conv}, {@code
 * conv2_block1_1_conv}, ..., the shortcut {@code conv2_block1_0_conv}.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>K. He et al. Deep residual learning for image recognition. CVPR 2016.
 *   <li>S. Zagoruyko, N. Komodakis. Wide residual networks. BMVC 2016.
 * </ol>
 *
 * @param name as in {@link #NAMES}, or any other for a network of one's own
 * @param bottleneckBlocks 1x1, 3x3, 1x1 with a fourfold output instead of twice 3x3
 * @param blocks how many blocks each of the three stages has
 * @param widthPerGroup 64; 128 doubles the inner width of bottleneck blocks
 * @param planes base width of the first stage's blocks, doubled from stage to stage: {@value
 *     #USUAL_PLANES} in every network by name; fewer make a narrower, faster one
 */
public record Backbone(
    String name, boolean bottleneckBlocks, List<Integer> blocks, int widthPerGroup, int planes) {
  /** The base width of the networks of the first reference. */
  public static final int USUAL_PLANES = 64;

  /** The backbones that {@link #named} knows. */
  public static final List<String> NAMES =
      List.of("wide_resnet50_2", "resnet50", "resnet34", "resnet18");

  /** Number of feature levels. */
  public static final int LEVELS = 3;

  /** The levels' names in parameters and reports, shallowest first. */
  public static final List<String> LEVEL_NAMES = List.of("a", "b", "c");

  /**
   * @throws IllegalArgumentException if there are not three stages, or no planes
   */
  public Backbone {
    blocks = List.copyOf(blocks);
    if (blocks.size() != LEVELS || blocks.stream().anyMatch(b -> b < 1)) {
      throw new IllegalArgumentException("a backbone has three stages of at least one block");
    }
    if (planes < 1 || planes * widthPerGroup < 64) {
      throw new IllegalArgumentException(
          "a backbone has at least one plane, not " + planes + " of width " + widthPerGroup);
    }
  }

  /** A backbone of the usual base width. */
  public Backbone(String name, boolean bottleneckBlocks, List<Integer> blocks, int widthPerGroup) {
    this(name, bottleneckBlocks, blocks, widthPerGroup, USUAL_PLANES);
  }

  /**
   * A backbone by its usual name, in whatever case.
   *
   * @throws IllegalArgumentException naming those that there are
   */
  public static Backbone named(String name) {
    var key = name.toLowerCase(Locale.ROOT);
    return switch (key) {
      case "wide_resnet50_2" -> new Backbone(key, true, List.of(3, 4, 6), 128);
      case "resnet50" -> new Backbone(key, true, List.of(3, 4, 6), 64);
      case "resnet34" -> new Backbone(key, false, List.of(3, 4, 6), 64);
      case "resnet18" -> new Backbone(key, false, List.of(2, 2, 2), 64);
      default ->
          throw new IllegalArgumentException(
              "unknown backbone " + name + "; there are " + String.join(", ", NAMES));
    };
  }

  /** One basic block a stage: the small teacher that comes with the program. */
  public static Backbone resnet10() {
    return new Backbone("resnet10", false, List.of(1, 1, 1), 64);
  }

  /** Output channels of a block over its planes: 4 for bottleneck blocks, 1 for basic ones. */
  public int expansion() {
    return bottleneckBlocks ? 4 : 1;
  }

  /** Channels of the 3x3 convolution in a block of so many planes. */
  public int innerWidth(int planes) {
    return bottleneckBlocks ? planes * widthPerGroup / 64 : planes;
  }

  /** Channels of the three feature maps. */
  public List<Integer> channels() {
    return List.of(planes * expansion(), 2 * planes * expansion(), 4 * planes * expansion());
  }

  /** All parameters, running statistics included, in network order. */
  public List<ParameterSpec> parameters() {
    return parameters("");
  }

  /**
   * The parameters of a network of the same form.
   *
   * @param prefix of its layers' names
   */
  public List<ParameterSpec> parameters(String prefix) {
    var all = new ArrayList<>(stem(prefix).parameters());
    for (int level = 0; level < LEVELS; level++) {
      stage(prefix, level).forEach(block -> all.addAll(block.parameters()));
    }
    return all;
  }

  /** Adds the network to a graph; the three feature maps. */
  public <T> List<T> build(Net<T> net, T images) {
    return build(net, images, "");
  }

  /**
   * Adds a network of the same form; its three feature maps.
   *
   * @param prefix of its layers' names
   */
  public <T> List<T> build(Net<T> net, T images, String prefix) {
    var x = net.maxPooling(net.convNorm(images, stem(prefix), Activation.RELU));
    var features = new ArrayList<T>();
    for (int level = 0; level < LEVELS; level++) {
      for (var block : stage(prefix, level)) {
        x = block.build(net, x);
      }
      features.add(x);
    }
    return features;
  }

  private ConvNorm stem(String prefix) {
    return ConvNorm.plain(prefix + "conv1_conv", prefix + "conv1_bn", 3, planes, 7, 2);
  }

  private List<ResidualBlock> stage(String names, int level) {
    int width = planes << level;
    int in = level == 0 ? planes : channels().get(level - 1);
    int stride = level == 0 ? 1 : 2;
    var stage = new ArrayList<ResidualBlock>();
    for (int i = 0; i < blocks.get(level); i++) {
      var prefix = names + "conv" + (level + 2) + "_block" + (i + 1) + "_";
      stage.add(
          i == 0 ? block(prefix, in, width, stride) : block(prefix, width * expansion(), width, 1));
    }
    return stage;
  }

  /**
   * One block of this backbone's kind.
   *
   * @param prefix of its layers' names
   * @param in channels in
   * @param planes the block's base width; it puts out {@code planes * expansion()} channels
   * @param stride of its 3x3 convolution, or of the first of two
   */
  public ResidualBlock block(String prefix, int in, int planes, int stride) {
    int inner = innerWidth(planes);
    int out = planes * expansion();
    var path = new ArrayList<ConvNorm>();
    if (bottleneckBlocks) {
      path.add(layer(prefix, 1, in, inner, 1, 1));
      path.add(layer(prefix, 2, inner, inner, 3, stride));
      path.add(layer(prefix, 3, inner, out, 1, 1));
    } else {
      path.add(layer(prefix, 1, in, planes, 3, stride));
      path.add(layer(prefix, 2, planes, out, 3, 1));
    }
    return new ResidualBlock(
        path,
        stride == 1 && in == out
            ? Optional.empty()
            : Optional.of(layer(prefix, 0, in, out, 1, stride)));
  }

  /** The block that doubles the size: its strided convolution is a transposed one. */
  public ResidualBlock upsamplingBlock(String prefix, int in, int planes) {
    int inner = innerWidth(planes);
    int out = planes * expansion();
    var path = new ArrayList<ConvNorm>();
    if (bottleneckBlocks) {
      path.add(layer(prefix, 1, in, inner, 1, 1));
      path.add(ConvNorm.transposed(prefix + "2_conv", prefix + "2_bn", inner, inner));
      path.add(layer(prefix, 3, inner, out, 1, 1));
    } else {
      path.add(ConvNorm.transposed(prefix + "1_conv", prefix + "1_bn", in, planes));
      path.add(layer(prefix, 2, planes, out, 3, 1));
    }
    return new ResidualBlock(
        path, Optional.of(ConvNorm.transposed(prefix + "0_conv", prefix + "0_bn", in, out)));
  }

  private static ConvNorm layer(String prefix, int index, int in, int out, int kernel, int stride) {
    return ConvNorm.plain(
        prefix + index + "_conv", prefix + index + "_bn", in, out, kernel, stride);
  }
}
