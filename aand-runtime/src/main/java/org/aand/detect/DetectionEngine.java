package org.aand.detect;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * What runs trained networks. All engines give the same scores up to rounding in single precision.
 * A library that brings another one registers it as a service.
 */
public interface DetectionEngine {
  /** Its name on the command line. */
  String key();

  /**
   * Opens a model.
   *
   * @param model a model file, or the run folder that it is in
   * @return to be closed by the caller
   * @throws org.aand.common.InputException if it cannot be used
   */
  OpenModel open(Path model);

  /** The engines that this program has. */
  static List<DetectionEngine> all() {
    var loader = ServiceLoader.load(DetectionEngine.class, DetectionEngine.class.getClassLoader());
    return loader.stream().map(ServiceLoader.Provider::get).toList();
  }

  /** The engine of a name; empty if this program does not have it. */
  static Optional<DetectionEngine> named(String key) {
    return all().stream().filter(engine -> engine.key().equals(key)).findFirst();
  }
}
