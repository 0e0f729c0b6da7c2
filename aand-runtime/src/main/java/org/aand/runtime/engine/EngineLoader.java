package org.aand.runtime.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
  private final RawArrays arrays = new RawArrays();
  private CompletableFuture<Void> packing = CompletableFuture.completedFuture(null);

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
      // One layer is packed while the next is read: no more than two are in memory unpacked.
      await();
      packing =
          CompletableFuture.runAsync(
              () -> {
                layer.pack();
                layer.release().forEach(arrays::giveBack);
              });
    }
  }

  @Override
  public float[] array(ParameterSpec spec) {
    return arrays.take(Math.toIntExact(spec.length()));
  }

  /** Waits for the layer that is being packed. */
  private void await() {
    try {
      packing.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
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
    await();
    return engine;
  }
}
