package org.aand.report.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A script of a page and what its security policy calls it.
 *
 * @param text between the script element's tags, byte for byte
 * @param source the policy's source expression, {@code 'sha256-...'}
 */
record Script(String text, String source) {
  /** Resources beside this class, one after the other; each keeps its names to itself. */
  static Script named(String... resources) {
    var text = Arrays.stream(resources).map(Script::read).collect(Collectors.joining());
    return new Script(text, "'sha256-" + Base64.getEncoder().encodeToString(sha256(text)) + "'");
  }

  private static String read(String resource) {
    try (var in = Objects.requireNonNull(Script.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
