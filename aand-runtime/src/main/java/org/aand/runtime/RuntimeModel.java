package org.aand.runtime;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.aand.common.InputException;
import org.aand.model.ModelDescription;
import org.aand.model.ModelFile;
import org.aand.model.ParameterSource;
import org.aand.runtime.engine.Engine;
import org.aand.runtime.engine.EngineLoader;
import org.aand.runtime.kernel.WarmUp;

/**
 * A model whose kernels are packed for this JVM. Immutable; any number of detectors share it.
 *
 * @param description what it is
 * @param engine runs its network
 */
public record RuntimeModel(ModelDescription description, Engine engine) {
  private static final long WARM_UP_MILLIS = 2000;
  private static final AtomicBoolean WARM = new AtomicBoolean();

  /**
   * A model and what its file says about it.
   *
   * @param model ready to be used
   * @param contents of the file, the parameters aside
   */
  public record Stored(RuntimeModel model, ModelFile.Contents contents) {}

  /**
   * Reads a model file. Its parameters are packed one by one, so that at no time both they and
   * their packed form are in memory.
   *
   * @throws InputException if it is missing, damaged, or of a newer kind
   */
  public static Stored read(Path file) {
    warmUp();
    var loading = new AtomicReference<EngineLoader>();
    var contents =
        ModelFile.read(
            file,
            description -> {
              var loader = Engine.load(description);
              loading.set(loader);
              return loader;
            });
    var loader = Objects.requireNonNull(loading.get(), "a file was read without its parameters");
    return new Stored(new RuntimeModel(contents.description(), loader.finish()), contents);
  }

  /**
   * Begins to get the inner loops compiled, on a thread of its own and once a JVM. Reading a file
   * begins with it; a program that knows sooner that it will read one may call it sooner.
   */
  public static void warmUp() {
    if (!WARM.getAndSet(true)) {
      var thread = new Thread(() -> WarmUp.run(WARM_UP_MILLIS), "aand-warm-up");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * A model of these parameters.
   *
   * @param source asked once for every parameter; its arrays are overwritten
   */
  public static RuntimeModel of(ModelDescription description, ParameterSource source) {
    var loader = Engine.load(description);
    description.table().forEach(spec -> loader.accept(spec, source.values(spec)));
    return new RuntimeModel(description, loader.finish());
  }

  /**
   * A detector that shares this model; closed by the caller.
   *
   * @param threads that work on one image; 1 where several detectors work at the same time
   */
  public Detector detector(int threads) {
    return new Detector(this, threads);
  }
}
