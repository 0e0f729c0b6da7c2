package org.aand.runtime.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aand.model.ParameterSink;
import org.aand.network.ParameterSpec;

/**
 * Takes the parameters of an engine in any order and packs them: part by part where a kernel is
 * only laid out anew, on the thread that brings it, as handing over would cost more than copying;
 * and on a thread of its own as soon as all parameters of a layer are there, where it is scaled or
 * transformed. So hardly anything is in memory twice.
 */
public final class EngineLoader implements ParameterSink {
  private static final float[] CAME_IN_PARTS = {};

  private final Engine engine;
  private final Map<String, Weights> byParameter = new HashMap<>();
  private final Set<String> missing = new HashSet<>();
  private final RawArrays arrays = new RawArrays();
  private final PackingThread packing = new PackingThread();

  EngineLoader(Engine engine, Iterable<Weights> weights) {
    this.engine = engine;
    for (var layer : weights) {
      for (var name : layer.names()) {
        byParameter.put(name, layer);
        missing.add(name);
      }
    }
  }

  /** Takes a parameter; one that the network does not use is passed over. May overwrite it. */
  @Override
  public void accept(ParameterSpec spec, float[] values) {
    var parts = parts(spec);
    if (parts.isPresent()) {
      parts.get().accept(0, rows(spec), values);
    } else {
      take(spec, values);
    }
  }

  private void take(ParameterSpec spec, float[] values) {
    var layer = byParameter.get(spec.name());
    if (layer != null && missing.remove(spec.name()) && layer.take(spec.name(), values)) {
      packing.add(
          () -> {
            layer.pack();
            layer.release().forEach(arrays::giveBack);
          });
    }
  }

  @Override
  public Optional<Parts> parts(ParameterSpec spec) {
    if (!missing.contains(spec.name())) {
      return Optional.empty();
    }
    return Optional.ofNullable(byParameter.get(spec.name()))
        .flatMap(layer -> layer.parts(spec.name()))
        .map(part -> parts(spec, part));
  }

  private Parts parts(ParameterSpec spec, Weights.Part part) {
    int all = rows(spec);
    return (row, rows, values) -> {
      part.put(row, rows, values);
      arrays.giveBack(values);
      if (row + rows == all) {
        take(spec, CAME_IN_PARTS);
      }
    };
  }

  private static int rows(ParameterSpec spec) {
    return Math.toIntExact(spec.length() / spec.rowLength());
  }

  @Override
  public float[] array(long length) {
    return arrays.take(Math.toIntExact(length));
  }

  /**
   * The engine, when all parameters have come.
   *
   * @throws IllegalStateException if one is missing
   */
  public Engine finish() {
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          missing.size() + " parameters are missing, " + missing.iterator().next() + " for one");
    }
    packing.finish();
    return engine;
  }
}
