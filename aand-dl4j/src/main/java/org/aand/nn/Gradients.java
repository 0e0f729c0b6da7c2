package org.aand.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reverse-mode differentiation of a SameDiff graph of {@link KernelOp}s, as further operations of
 * the same graph.
 *
 * <p>SameDiff's own gradient function clones every operation through its serialised form, which
 * replaces operations that it does not know. Here the operations that lead from the wanted
 * variables to the loss are walked backwards instead; nothing is computed for frozen parts.
 */
public final class Gradients {
  private final SameDiff graph;
  private final Map<String, @Nullable SDVariable> gradientOf = new HashMap<>();

  private Gradients(SameDiff graph) {
    this.graph = graph;
  }

  /**
   * Adds the gradient of a loss to the graph.
   *
   * @param loss a scalar of the graph
   * @param wanted variables or placeholders to differentiate by
   * @return the gradients, in the order of {@code wanted}
   * @throws IllegalArgumentException if the loss does not depend on one of them
   */
  public static List<SDVariable> of(SDVariable loss, List<SDVariable> wanted) {
    return new Gradients(loss.getSameDiff()).compute(loss, wanted);
  }

  private List<SDVariable> compute(SDVariable loss, List<SDVariable> wanted) {
    var operations = new ArrayList<KernelOp>();
    Set<String> dependent = new HashSet<>();
    wanted.forEach(v -> dependent.add(v.name()));
    for (var entry : graph.getOps().values()) {
      var op = (KernelOp) entry.getOp();
      if (Arrays.stream(op.args()).anyMatch(a -> dependent.contains(a.name()))) {
        operations.add(op);
        Arrays.stream(op.outputVariables()).forEach(v -> dependent.add(v.name()));
      }
    }
    gradientOf.put(
        loss.name(), graph.constant("gradient-of-" + loss.name(), Nd4j.ones(loss.dataType(), 1)));
    for (int i = operations.size() - 1; i >= 0; i--) {
      propagate(operations.get(i), dependent);
    }
    var result = new ArrayList<SDVariable>();
    for (var variable : wanted) {
      var gradient = gradientOf.get(variable.name());
      if (gradient == null) {
        throw new IllegalArgumentException("the loss does not depend on " + variable.name());
      }
      result.add(gradient);
    }
    return result;
  }

  private void propagate(KernelOp op, Set<String> dependent) {
    var outputGradients = new ArrayList<@Nullable SDVariable>();
    for (var output : op.outputVariables()) {
      outputGradients.add(gradientOf.get(output.name()));
    }
    if (outputGradients.stream().allMatch(g -> g == null)) {
      return;
    }
    var inputs = op.args();
    boolean[] needed = new boolean[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      needed[i] = dependent.contains(inputs[i].name());
    }
    var gradients = op.gradients(outputGradients, needed);
    for (int i = 0; i < inputs.length; i++) {
      var gradient = gradients[i];
      if (needed[i] && gradient != null) {
        gradientOf.merge(inputs[i].name(), gradient, Sum::of);
      }
    }
  }
}
