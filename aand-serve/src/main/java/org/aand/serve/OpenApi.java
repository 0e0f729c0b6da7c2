package org.aand.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.aand.common.ProgramVersion;

/** The service as an OpenAPI document. */
final class OpenApi {
  private static final String RESOURCE = "openapi.json";
  private static final String VERSION = "@version@";

  private OpenApi() {}

  /** The document, JSON. */
  static String document() {
    try (var in = Objects.requireNonNull(OpenApi.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace(VERSION, ProgramVersion.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
