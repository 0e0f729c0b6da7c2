package org.aand.raa;

import java.util.ArrayList;
import java.util.List;
import org.aand.nn.NetGraph;
import org.aand.nn.ParameterSpec;
import org.aand.nn.Sum;
import org.aand.teacher.Backbone;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The frozen backbone with an RAA module beside each level, or with none: RD's teacher.
 *
 * <p>A module's output is not fed to the next stage of the backbone; the backbone's features stay
 * those of ImageNet.
 *
 * @param backbone the frozen network
 * @param modules one a level, or none at all
 */
public record AmplifiedTeacher(Backbone backbone, List<ResidualAmplification> modules) {
  private static final List<String> LEVELS = List.of("a", "b", "c");

  /**
   * @throws IllegalArgumentException if there are modules, but not one a level
   */
  public AmplifiedTeacher {
    modules = List.copyOf(modules);
    if (!modules.isEmpty() && modules.size() != Backbone.LEVELS) {
      throw new IllegalArgumentException("one RAA module a level, or none");
    }
  }

  /** A backbone with modules of the released code's sizes. */
  public static AmplifiedTeacher of(Backbone backbone) {
    var modules = new ArrayList<ResidualAmplification>();
    for (int i = 0; i < Backbone.LEVELS; i++) {
      modules.add(ResidualAmplification.of(LEVELS.get(i), backbone.channels().get(i)));
    }
    return new AmplifiedTeacher(backbone, modules);
  }

  /** A backbone alone. */
  public static AmplifiedTeacher plain(Backbone backbone) {
    return new AmplifiedTeacher(backbone, List.of());
  }

  /** The parameters of the modules; those of the backbone are its own. */
  public List<ParameterSpec> moduleParameters() {
    return modules.stream().flatMap(m -> m.parameters().stream()).toList();
  }

  /** Adds backbone and modules; the features that the student has to reconstruct. */
  public List<SDVariable> build(NetGraph net, SDVariable images) {
    var features = new ArrayList<>(backbone.build(net, images));
    for (int i = 0; i < modules.size(); i++) {
      var x = features.get(i);
      var module = modules.get(i);
      features.set(i, Sum.of(x, module.residual(net, x, module.gate(net, x))));
    }
    return features;
  }
}
