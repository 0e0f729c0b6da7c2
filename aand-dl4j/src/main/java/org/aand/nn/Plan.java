package org.aand.nn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The operations of a graph that given outputs need, over fixed arrays, for one set of input
 * shapes.
 *
 * <p>Plans of one program share their blocks of memory, so only the last one run holds valid
 * results.
 */
final class Plan {
  private final Map<String, INDArray> arrays = new HashMap<>();
  private final List<String> placeholders = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  /** An operation, prepared. */
  private record Step(
      String operation, List<INDArray> inputs, List<INDArray> outputs, Runnable kernel) {}

  private Plan() {}

  static Plan prepare(
      SameDiff graph,
      List<String> outputs,
      Map<String, List<Long>> inputShapes,
      Binding.Shared shared) {
    shared.arena().reset();
    return new Preparation(graph, outputs, inputShapes, shared).prepare();
  }

  void run(Map<String, INDArray> feeds, Observer observer) {
    for (var name : placeholders) {
      array(name).assign(feeds.get(name));
    }
    for (var step : steps) {
      step.kernel.run();
      observer.ran(step.operation, step.inputs, step.outputs);
    }
  }

  INDArray array(String name) {
    var array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no array " + name + " in this plan");
    }
    return array;
  }

  private static final class Preparation {
    private final SameDiff graph;
    private final Set<String> kept;
    private final Map<String, List<Long>> inputShapes;
    private final Binding.Shared shared;
    private final Plan plan = new Plan();

    /** What is to be given back after its last use; parameters and constants are not. */
    private final Map<String, INDArray> inArena = new HashMap<>();

    /** How many operations, or the caller, still read a variable. */
    private final Map<String, Integer> uses = new HashMap<>();

    Preparation(
        SameDiff graph,
        List<String> outputs,
        Map<String, List<Long>> inputShapes,
        Binding.Shared shared) {
      this.graph = graph;
      this.kept = new HashSet<>(outputs);
      this.inputShapes = inputShapes;
      this.shared = shared;
    }

    Plan prepare() {
      var operations = neededOperations();
      for (var op : operations) {
        for (var input : op.args()) {
          uses.merge(input.name(), 1, Integer::sum);
        }
      }
      kept.forEach(name -> uses.merge(name, 1, Integer::sum));
      placePlaceholders(operations);
      operations.forEach(this::place);
      return plan;
    }

    private List<KernelOp> neededOperations() {
      var needed = new HashSet<String>();
      var open = new ArrayDeque<>(kept);
      var operations = new HashSet<String>();
      while (!open.isEmpty()) {
        var name = open.pop();
        if (!needed.add(name)) {
          continue;
        }
        var producer = graph.getVariableOutputOp(name);
        if (producer != null && operations.add(producer.getOwnName())) {
          Arrays.stream(producer.args()).forEach(input -> open.push(input.name()));
        }
      }
      return graph.getOps().values().stream()
          .filter(op -> operations.contains(op.getName()))
          .map(op -> (KernelOp) op.getOp())
          .toList();
    }

    private void place(KernelOp op) {
      var inputs = new ArrayList<INDArray>();
      for (var input : op.args()) {
        inputs.add(resolve(input.name()));
      }
      var outputs = new ArrayList<INDArray>();
      var names = Arrays.stream(op.outputVariables()).map(v -> v.name()).toList();
      var shapes = op.outputShapes(inputs.stream().map(INDArray::shape).toList());
      for (int i = 0; i < names.size(); i++) {
        var array = shared.arena().take(shapes.get(i));
        plan.arrays.put(names.get(i), array);
        inArena.put(names.get(i), array);
        outputs.add(array);
      }
      var binding = new Binding(inputs, outputs, shared);
      plan.steps.add(new Step(op.opName(), inputs, outputs, op.bind(binding)));
      binding.releaseScratch();
      for (var input : op.args()) {
        release(input.name());
      }
      names.stream().filter(name -> !uses.containsKey(name)).forEach(this::giveBack);
    }

    private INDArray resolve(String name) {
      return plan.arrays.computeIfAbsent(name, key -> graph.getVariable(key).getArr());
    }

    /**
     * Placeholders come first: they are written before the first operation runs, so their blocks
     * must not have served one before.
     */
    private void placePlaceholders(List<KernelOp> operations) {
      operations.stream()
          .flatMap(op -> Arrays.stream(op.args()))
          .filter(v -> v.getVariableType() == VariableType.PLACEHOLDER)
          .map(SDVariable::name)
          .distinct()
          .forEach(
              name -> {
                var shape = inputShapes.get(name);
                if (shape == null) {
                  throw new IllegalArgumentException("no value for the placeholder " + name);
                }
                var array =
                    shared.arena().take(shape.stream().mapToLong(Long::longValue).toArray());
                plan.arrays.put(name, array);
                inArena.put(name, array);
                plan.placeholders.add(name);
              });
    }

    private void release(String name) {
      if (uses.merge(name, -1, Integer::sum) == 0) {
        giveBack(name);
      }
    }

    private void giveBack(String name) {
      var array = inArena.get(name);
      if (array != null) {
        shared.arena().giveBack(array);
      }
    }
  }
}
