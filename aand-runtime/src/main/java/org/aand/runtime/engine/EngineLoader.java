package org.aand.runtime.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.aand.model.ParameterSink;
import org.aand.network.ParameterSpec;

/**
 * Takes the parameters of an engine in any order, packs the kernels of a layer as soon as all its
 * parameters are there, and drops what they were packed from.
 */
public final class EngineLoader implements ParameterSink {
  private final Engine engine;
  private final Map<String, Weights> byParameter = new HashMap<>();
  private final Set<String> missing = new HashSet<>();

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
    var layer = byParameter.get(spec.name());
    if (layer != null && missing.remove(spec.name()) && layer.take(spec.name(), values)) {
      layer.pack();
    }
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
    return engine;
  }
}
