package org.aand.api;

import java.nio.file.Path;
import java.util.List;
import org.aand.backend.Backend;
import org.aand.common.image.Preprocessing;
import org.aand.model.ModelFile;
import org.aand.runtime.RuntimeModel;
import org.aand.samediff.Detector;
import org.aand.samediff.ModelStore;

/** What runs a trained network; both give the same scores up to rounding in single precision. */
public enum Engine {
  /** The SameDiff plan on ND4J, with its native libraries. */
  SAMEDIFF {
    @Override
    Network open(Path model) {
      Backend.prepare();
      var stored = ModelStore.read(ModelFile.locate(model));
      try {
        var detector = Detector.takingOver(stored.model());
        return new Network(
            detector::detect,
            stored.model().preprocessing(),
            DecisionRule.of(stored.notes()),
            List.of(detector::close, stored.model()::close));
      } catch (RuntimeException e) {
        stored.model().close();
        throw e;
      }
    }
  },

  /**
   * Plain Java, without any native library; fast with {@code --add-modules jdk.incubator.vector}.
   */
  JAVA {
    @Override
    Network open(Path model) {
      var stored = RuntimeModel.read(ModelFile.locate(model));
      var detector = stored.model().detector(Runtime.getRuntime().availableProcessors());
      return new Network(
          detector::detect,
          new Preprocessing(stored.contents().description().resolution()),
          DecisionRule.of(stored.contents().notes()),
          List.of(detector::close));
    }
  };

  /**
   * Opens a model.
   *
   * @param model a model file, or the run folder that it is in
   * @throws org.aand.common.InputException if it cannot be used
   */
  abstract Network open(Path model);
}
