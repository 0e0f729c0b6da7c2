package org.aand.samediff;

import java.nio.file.Path;
import org.aand.backend.Backend;
import org.aand.detect.DetectionEngine;
import org.aand.detect.OpenModel;
import org.aand.model.ModelFile;

/** The SameDiff plan on ND4J, with its native libraries. */
public final class SameDiffEngine implements DetectionEngine {
  @Override
  public String key() {
    return "samediff";
  }

  @Override
  public OpenModel open(Path model) {
    Backend.prepare();
    var stored = ModelStore.read(ModelFile.locate(model));
    try {
      return new SameDiffModel(stored);
    } catch (RuntimeException e) {
      stored.model().close();
      throw e;
    }
  }
}
