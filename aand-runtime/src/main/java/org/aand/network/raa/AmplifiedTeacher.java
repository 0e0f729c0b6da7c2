package org.aand.network.raa;

import java.util.ArrayList;
import java.util.List;
import org.aand.network.Net;
import org.aand.network.ParameterSpec;
import org.aand.network.teacher.Backbone;

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

  /**
   * @throws IllegalArgumentException if there are modules, but not one a level
   */
  public AmplifiedTeacher {
    modules = List.copyOf(modules);
    if (!modules.isEmpty() && modules.size() != Backbone.LEVELS) {
      throw new IllegalArgumentException("one RAA module a level, or none");
    }
  }

  /** A backbone with the paper's modules in the released code's sizes. */
  public static AmplifiedTeacher of(Backbone backbone) {
    return of(backbone, Gate.MATCHING, Residual.TANH, ResidualAmplification.MEMORY_ITEMS);
  }

  /**
   * A backbone with modules of these parts.
   *
   * @param memoryItems of each kind in a gate's memory
   */
  public static AmplifiedTeacher of(
      Backbone backbone, Gate gate, Residual residual, int memoryItems) {
    var modules = new ArrayList<ResidualAmplification>();
    for (int i = 0; i < Backbone.LEVELS; i++) {
      modules.add(
          ResidualAmplification.of(
              Backbone.LEVEL_NAMES.get(i),
              backbone.channels().get(i),
              gate,
              residual,
              memoryItems));
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
  public <T> List<T> build(Net<T> net, T images) {
    return amplify(net, backbone.build(net, images));
  }

  /**
   * What the modules give.
   *
   * @param features amplified, of each level
   * @param gates of each level, {@code [R, 1]}; none at all where the modules have none
   */
  public record Amplified<T>(List<T> features, List<T> gates) {}

  /** Adds the modules alone to the backbone's features. */
  public <T> List<T> amplify(Net<T> net, List<T> features) {
    return amplifyWithGates(net, features).features();
  }

  /** Adds the modules alone to the backbone's features; amplified features and gates. */
  public <T> Amplified<T> amplifyWithGates(Net<T> net, List<T> features) {
    var amplified = new ArrayList<>(features);
    var gates = new ArrayList<T>();
    for (int i = 0; i < modules.size(); i++) {
      var x = features.get(i);
      var module = modules.get(i);
      if (module.gated()) {
        gates.add(module.gate(net, x));
      }
      if (module.generates()) {
        var residual =
            module.gated() ? module.residual(net, x, gates.get(i)) : module.residual(net, x);
        amplified.set(i, net.sum(x, residual));
      }
    }
    return new Amplified<>(amplified, gates);
  }

  /**
   * Adds backbone and gates; each level's gate, {@code [R, 1]}.
   *
   * @throws IllegalStateException if the modules have no gates
   */
  public <T> List<T> gates(Net<T> net, T images) {
    if (!gated()) {
      throw new IllegalStateException("a teacher without gates");
    }
    var features = backbone.build(net, images);
    var gates = new ArrayList<T>();
    for (int i = 0; i < modules.size(); i++) {
      gates.add(modules.get(i).gate(net, features.get(i)));
    }
    return gates;
  }

  /** Whether there are modules with gates. */
  public boolean gated() {
    return !modules.isEmpty() && modules.stream().allMatch(ResidualAmplification::gated);
  }

  /** Whether there are modules with residuals. */
  public boolean generates() {
    return modules.stream().anyMatch(ResidualAmplification::generates);
  }
}
