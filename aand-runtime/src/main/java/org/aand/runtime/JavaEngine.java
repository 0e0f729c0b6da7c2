package org.aand.runtime;

import java.nio.file.Path;
import org.aand.detect.DetectionEngine;
import org.aand.detect.OpenModel;
import org.aand.model.ModelFile;

/** Plain Java, without any native library; fast with {@code --add-modules jdk.incubator.vector}. */
public final class JavaEngine implements DetectionEngine {
  @Override
  public String key() {
    return "java";
  }

  @Override
  public OpenModel open(Path model) {
    return new SharedModel(
        RuntimeModel.read(ModelFile.locate(model)), Runtime.getRuntime().availableProcessors());
  }
}
