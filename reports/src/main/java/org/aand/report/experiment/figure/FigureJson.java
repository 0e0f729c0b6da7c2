package org.aand.report.experiment.figure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.IoReason;

/**
 * Reads and writes a {@link Figure} as JSON in UTF-8, one figure a file.
 *
 * <p>Keys are the names of the records' components; {@code "figure"} says which record it is,
 * images are PNG files in base 64. The same figure always gives the same bytes.
 */
public final class FigureJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private FigureJson() {}

  /** The figure as one line of JSON. */
  public static String toJson(Figure figure) {
    try {
      return MAPPER.writerFor(Figure.class).writeValueAsString(figure) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a figure that JSON cannot express", e);
    }
  }

  /**
   * The figure in a JSON text.
   *
   * @param json the text
   * @param source the file it comes from, for messages
   * @throws InputException if it is no figure
   */
  public static Figure fromJson(String json, String source) {
    try {
      Figure figure = MAPPER.readValue(json, Figure.class);
      if (figure == null) {
        throw new InputException(source + " is not a readable figure: it holds null");
      }
      return figure;
    } catch (JsonProcessingException e) {
      String why = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
      throw new InputException(
          source + " is not a readable figure: " + why + "; create it again", e);
    }
  }

  /**
   * Writes the figure, whole or not at all.
   *
   * @throws InputException if the file cannot be written
   */
  public static void write(Figure figure, Path file) {
    AtomicFile.write(file, out -> out.write(toJson(figure).getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Reads a figure's file.
   *
   * @throws InputException if it is missing or is no figure
   */
  public static Figure read(Path file) {
    try {
      return fromJson(Files.readString(file, StandardCharsets.UTF_8), file.toString());
    } catch (IOException e) {
      throw new InputException("cannot read the figure " + file + ": " + IoReason.of(e), e);
    }
  }
}
