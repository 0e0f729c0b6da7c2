package org.aand.runfolder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The versions of libraries that this was built with. */
public final class Versions {
  private Versions() {}

  /** Of ND4J. */
  public static String nd4j() {
    return value("nd4j");
  }

  private static String value(String key) {
    var properties = new Properties();
    try (var in = Versions.class.getResourceAsStream("/aand.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own version file cannot be read", e);
    }
    return Objects.requireNonNull(properties.getProperty(key), key);
  }
}
