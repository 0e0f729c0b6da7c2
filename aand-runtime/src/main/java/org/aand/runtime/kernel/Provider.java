package org.aand.runtime.kernel;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which inner loops this JVM runs, chosen once: the Vector API where its module is present, else
 * loops that the just-in-time compiler vectorises.
 *
 * <p>System properties, read once: {@code aand.kernels} = {@code auto} (default), {@code vector} or
 * {@code plain}; {@code aand.vector.bits} = 128, 256 or 512 instead of the processor's preferred
 * length (a longer one than it has becomes its longest).
 */
public final class Provider {
  private static final Logger LOG = LoggerFactory.getLogger(Provider.class);
  private static final String MODULE = "jdk.incubator.vector";
  private static final Arithmetic CHOSEN = choose();

  private Provider() {}

  static Arithmetic arithmetic() {
    return CHOSEN;
  }

  /** What runs, for people: for example {@code Vector API, 256 bits, tile 6x16}. */
  public static String description() {
    return CHOSEN.description();
  }

  private static Arithmetic choose() {
    String wish = System.getProperty("aand.kernels", "auto").toLowerCase(Locale.ROOT);
    boolean present = ModuleLayer.boot().findModule(MODULE).isPresent();
    if (wish.equals("plain")) {
      return announced(new PlainArithmetic(), "");
    }
    if (!present) {
      if (wish.equals("vector")) {
        throw new IllegalStateException("aand.kernels=vector needs java --add-modules " + MODULE);
      }
      return announced(
          new PlainArithmetic(),
          "; about three times as fast with the Vector API: java --add-modules " + MODULE);
    }
    Arithmetic vector = load();
    if (vector == null) {
      return announced(new PlainArithmetic(), "; the Vector API of this JVM cannot be used");
    }
    return announced(vector, "");
  }

  // By name, because the class cannot be linked without the module.
  private static @Nullable Arithmetic load() {
    try {
      return Class.forName("org.aand.runtime.kernel.VectorArithmetic")
          .asSubclass(Arithmetic.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      LOG.debug("The Vector API cannot be used", e);
      return null;
    }
  }

  private static Arithmetic announced(Arithmetic chosen, String advice) {
    LOG.info("Kernels: {}{}", chosen.description(), advice);
    return chosen;
  }
}
