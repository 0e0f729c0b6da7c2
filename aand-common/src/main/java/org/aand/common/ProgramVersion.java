package org.aand.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The version of this program, which the build writes down. */
public final class ProgramVersion {
  private ProgramVersion() {}

  /** The version, such as 0.1.0. */
  public static String get() {
    var properties = new Properties();
    try (var in = ProgramVersion.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own version file cannot be read", e);
    }
    return Objects.requireNonNull(properties.getProperty("version"), "version");
  }
}
