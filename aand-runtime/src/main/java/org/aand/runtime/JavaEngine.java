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

  /**
   * The same engine for callers that were given their cores by somebody else, such as the tasks of
   * a cluster's scheduler: each works on its image with its own thread alone, so that no more cores
   * are used than callers come at the same time.
   */
  public static DetectionEngine oneThreadAnImage() {
    return new DetectionEngine() {
      @Override
      public String key() {
        return "java";
      }

      @Override
      public OpenModel open(Path model) {
        return new CallersModel(RuntimeModel.read(ModelFile.locate(model)));
      }
    };
  }
}
