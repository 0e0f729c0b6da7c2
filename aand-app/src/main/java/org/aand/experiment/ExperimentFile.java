package org.aand.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.aand.pipeline.Observations;
import org.aand.pipeline.Recipe;
import org.aand.variant.Variant;
import org.jspecify.annotations.Nullable;

/**
 * Reads experiments from JSON. A field that is not known is refused.
 *
 * <pre>
 * {"experiment": "components", "title": "...", "shows": ["Table V"],
 *  "cost": false, "use": false, "comparison": false, "categories": {"visa": ["candle"]}, "baseline": "rd",
 *  "rows": [{"row": "rd", "variant": {...}, "recipe": "paper" or "standard",
 *            "teacher": "pretrained" or "random",
 *            "trained": true, "figures": {"residuals": true, "features": true}}]}
 * </pre>
 *
 * <p>{@code experiment} and {@code rows} have to be there, and {@code row} in each; a variant is
 * read by {@link Variant#read}.
 */
public final class ExperimentFile {
  /** The experiments that come with the program. */
  public static final List<String> NAMES =
      List.of(
          "teacher",
          "main",
          "components",
          "alternatives",
          "residuals",
          "complexity",
          "memory-size",
          "top-k",
          "qualitative",
          "feature-distribution",
          "residual-intensity",
          "field",
          "methods");

  private static final String KEY = "[a-z0-9+-]+";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private ExperimentFile() {}

  private record Content(
      @JsonProperty("experiment") @Nullable String experiment,
      @JsonProperty("title") @Nullable String title,
      @JsonProperty("shows") @Nullable List<String> shows,
      @JsonProperty("cost") boolean cost,
      @JsonProperty("use") boolean use,
      @JsonProperty("comparison") boolean comparison,
      @JsonProperty("categories") @Nullable Map<String, List<String>> categories,
      @JsonProperty("baseline") @Nullable String baseline,
      @JsonProperty("rows") @Nullable List<RowContent> rows) {}

  private record RowContent(
      @JsonProperty("row") @Nullable String row,
      @JsonProperty("variant") @Nullable JsonNode variant,
      @JsonProperty("recipe") @Nullable String recipe,
      @JsonProperty("teacher") @Nullable String teacher,
      @JsonProperty("trained") @Nullable Boolean trained,
      @JsonProperty("figures") @Nullable Observations figures) {}

  /**
   * The experiment of a name, or in a file.
   *
   * @param nameOrFile one of {@link #NAMES} in whatever case, else a file
   * @throws InputException if there is no such thing, or it is not valid
   */
  public static Experiment open(String nameOrFile) {
    var name = nameOrFile.toLowerCase(Locale.ROOT);
    var file = Path.of(nameOrFile);
    if (NAMES.contains(name) && !Files.isRegularFile(file) || NAMES.contains(nameOrFile)) {
      return resource(name);
    }
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          "there is no experiment and no file "
              + nameOrFile
              + "; there are: "
              + String.join(", ", NAMES));
    }
    try {
      return read(Files.readString(file, StandardCharsets.UTF_8), nameOrFile);
    } catch (IOException e) {
      throw new InputException(
          "the experiment " + file + " cannot be read (" + IoReason.of(e) + ")", e);
    }
  }

  private static Experiment resource(String name) {
    var resource = "/experiments/" + name + ".json";
    try (var in = ExperimentFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks " + resource);
      }
      return read(new String(in.readAllBytes(), StandardCharsets.UTF_8), name + ".json");
    } catch (IOException e) {
      throw new IllegalStateException("the program's own " + resource + " cannot be read", e);
    }
  }

  /**
   * The experiment in a text.
   *
   * @param source where the text is from, for messages
   * @throws InputException if it is not valid
   */
  static Experiment read(String json, String source) {
    try {
      var content = JSON.readValue(json, Content.class);
      if (content == null) {
        throw new IllegalArgumentException("it is no object");
      }
      var rows = required(content.rows(), "rows").stream().map(ExperimentFile::row).toList();
      return new Experiment(
          key(content.experiment(), "experiment"),
          content.title() == null ? "" : content.title(),
          content.shows() == null ? List.of() : content.shows(),
          content.cost(),
          content.use(),
          content.comparison(),
          content.categories() == null ? Map.of() : content.categories(),
          Optional.ofNullable(content.baseline()),
          rows);
    } catch (UnrecognizedPropertyException e) {
      throw refused(
          source,
          "there is no field \"" + e.getPropertyName() + "\", but " + e.getKnownPropertyIds(),
          e);
    } catch (JsonProcessingException e) {
      throw refused(source, String.valueOf(e.getOriginalMessage()), e);
    } catch (IllegalArgumentException | InputException e) {
      throw refused(source, String.valueOf(e.getMessage()), e);
    }
  }

  private static Experiment.Row row(RowContent content) {
    var teacher = content.teacher() == null ? "pretrained" : content.teacher();
    if (!teacher.equals("pretrained") && !teacher.equals("random")) {
      throw new IllegalArgumentException("a teacher is \"pretrained\" or \"random\"");
    }
    var recipe = content.recipe() == null ? Recipe.PAPER : Recipe.named(content.recipe());
    return new Experiment.Row(
        key(content.row(), "row"),
        content.variant() == null ? recipe.variant() : Variant.read(content.variant()),
        recipe,
        teacher.equals("random"),
        content.trained() == null || content.trained(),
        content.figures() == null ? new Observations() : content.figures());
  }

  private static String key(@Nullable String key, String field) {
    var given = required(key, field);
    if (!given.matches(KEY)) {
      throw new IllegalArgumentException(
          "\"" + field + "\" is of small letters, digits, + and -, not \"" + given + "\"");
    }
    return given;
  }

  private static <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw new IllegalArgumentException("the field \"" + field + "\" is missing");
    }
    return value;
  }

  private static InputException refused(String source, String why, Exception cause) {
    return new InputException(
        "the experiment "
            + source
            + " is not valid: "
            + why.lines().findFirst().orElse("")
            + "; correct the file",
        cause);
  }
}
