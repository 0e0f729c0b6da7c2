package org.aand.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.IoReason;

/**
 * Reads and writes a {@link RunResult} as JSON, in UTF-8.
 *
 * <p>The same result always gives the same bytes: keys stand in the order of the records'
 * components and of their maps, times are ISO-8601 in UTC, lines end with a line feed.
 */
public final class ResultJson {
  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");
  private static final int MAJOR = major(RunResult.SCHEMA_VERSION);

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantDeserializer()))
          .build();
  private static final ObjectWriter WRITER =
      MAPPER.writer(
          new DefaultPrettyPrinter()
              .withObjectIndenter(new DefaultIndenter("  ", "\n"))
              .withArrayIndenter(new DefaultIndenter("  ", "\n")));
  private static final ObjectReader READER = MAPPER.readerFor(RunResult.class);

  private ResultJson() {}

  /** The result as JSON text, indented, with a line feed at its end. */
  public static String toJson(RunResult result) {
    try {
      return WRITER.writeValueAsString(result) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result record that JSON cannot express", e);
    }
  }

  /**
   * The result in a JSON text.
   *
   * @param json the text
   * @param source the file it comes from, for messages
   * @throws InputException if it is not a result, or one of a newer major schema version
   */
  public static RunResult fromJson(String json, String source) {
    try {
      JsonNode tree = MAPPER.readTree(json);
      checkVersion(tree, source);
      return READER.readValue(tree);
    } catch (IOException e) {
      throw new InputException(
          source + " is not a readable result file: " + firstLine(e) + "; create it again", e);
    }
  }

  /**
   * Writes the result, beside its place first and then moved there, so that a reader never sees
   * half a file.
   *
   * @throws InputException if the file cannot be written
   */
  public static void write(RunResult result, Path file) {
    AtomicFile.write(file, out -> out.write(toJson(result).getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Reads a result file.
   *
   * @throws InputException if it is missing, is not a result, or is one of a newer major schema
   *     version
   */
  public static RunResult read(Path file) {
    String json;
    try {
      json = Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new InputException("no result file " + file + "; run training or evaluation first", e);
    } catch (IOException e) {
      throw new InputException("cannot read the result file " + file + ": " + IoReason.of(e), e);
    }
    return fromJson(json, file.toString());
  }

  private static void checkVersion(JsonNode tree, String source) {
    String version = tree.path("schemaVersion").asText("");
    if (!VERSION.matcher(version).matches()) {
      throw new InputException(
          source + " is not a result file: it has no schemaVersion such as \"1.0\"");
    }
    if (major(version) > MAJOR) {
      throw new InputException(
          source
              + " has schema version "
              + version
              + ", this program reads up to "
              + MAJOR
              + ".x; use the newer program that wrote it");
    }
  }

  private static int major(String version) {
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("schema version " + version);
    }
    return Integer.parseInt(matcher.group(1));
  }

  private static String firstLine(IOException e) {
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }

  private static final class InstantDeserializer extends FromStringDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantDeserializer() {
      super(Instant.class);
    }

    @Override
    protected Instant _deserialize(
        String value, com.fasterxml.jackson.databind.DeserializationContext context)
        throws IOException {
      try {
        return Instant.parse(value);
      } catch (DateTimeException e) {
        throw context.weirdStringException(value, Instant.class, "not an ISO-8601 time in UTC");
      }
    }
  }
}
