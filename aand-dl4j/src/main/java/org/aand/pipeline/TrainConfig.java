package org.aand.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aand.common.InputException;
import org.aand.common.image.ImageSize;
import org.aand.train.TrainingSettings;
import org.aand.variant.Variant;

/**
 * The settings of a training run as JSON: what {@code config.json} holds, what {@code train
 * --config} reads, and what an interrupted run is compared by.
 *
 * <p>Every field may be left out and then has its default. {@code teacher} names one of {@code
 * weights} (a file), {@code small} (a file), {@code bundled} and {@code random} (true).
 */
public final class TrainConfig {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final String TRAINING = "training";
  private static final String VARIANT = "variant";
  private static final String OBSERVATIONS = "observations";
  private static final String TEACHER = "teacher";
  private static final String RECIPE = "recipe";
  private static final String DATA = "data";
  private static final String FROM = "from";
  private static final String ADDED = "added";

  /** Plain fields and the options that they stand for. */
  private static final Map<String, String> OPTIONS =
      Map.ofEntries(
          Map.entry(DATA, "--data"),
          Map.entry("layout", "--layout"),
          Map.entry("category", "--category"),
          Map.entry("backbone", "--backbone"),
          Map.entry("textures", "--textures"),
          Map.entry("protocol", "--protocol"),
          Map.entry("augment", "--augment"),
          Map.entry(FROM, "--from"),
          Map.entry(ADDED, "--add"),
          Map.entry(RECIPE, "--recipe"),
          Map.entry("imageSize", "--image-size"),
          Map.entry("resolution", "--resolution"),
          Map.entry("calibrationShare", "--calibration-share"),
          Map.entry("falseAlarmRate", "--false-alarm-rate"));

  private static final Map<String, String> TRAINING_OPTIONS =
      Map.of(
          "stage1Epochs", "--stage1-epochs",
          "stage2Epochs", "--stage2-epochs",
          "batchSize", "--batch-size",
          "seed", "--seed");

  /** The same for a method that is not trained in epochs. */
  private static final Map<String, String> FITTING_OPTIONS =
      Map.of("batchSize", "--batch-size", "seed", "--seed");

  private static final Map<String, String> TEACHER_OPTIONS =
      Map.of(
          "weights", "--weights",
          "small", "--teacher",
          "bundled", "--bundled-teacher",
          "random", "--random-teacher");

  private final Path file;
  private final JsonNode root;

  private TrainConfig(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /** The settings of a request; where it writes is not among them. */
  static ObjectNode json(TrainRequest request) {
    var node = JSON.createObjectNode();
    node.put(DATA, request.data().toString())
        .put("layout", request.layout().key())
        .put("category", request.category())
        .put("backbone", request.backbone().name());
    node.set(TEACHER, teacher(request.teacher()));
    request.textures().ifPresent(folder -> node.put("textures", folder.toString()));
    node.set(VARIANT, JSON.valueToTree(request.variant()));
    node.set(OBSERVATIONS, JSON.valueToTree(request.observations()));
    node.put("protocol", request.protocol().key());
    node.put(RECIPE, request.recipe().key());
    node.set("imageSize", size(request.tiling().tileSize()));
    node.set("resolution", size(request.tiling().resolution()));
    request.variation().ifPresent(variation -> node.put("augment", variation.toString()));
    request.continuation().from().ifPresent(run -> node.put(FROM, run.toString()));
    if (!request.continuation().added().isEmpty()) {
      var folders = node.putArray(ADDED);
      request.continuation().added().forEach(folder -> folders.add(folder.toString()));
    }
    node.put("skipBad", request.skipBad());
    request.calibration().share().ifPresent(share -> node.put("calibrationShare", share));
    node.put("falseAlarmRate", request.calibration().falseAlarmRate());
    if (request.choosesMethod()) {
      // A finished run has the settings of the method that was kept.
      node.put("choosesMethod", true);
    }
    node.set(TRAINING, JSON.valueToTree(request.training()));
    return node;
  }

  /** A number for a square, else text; either is what the option takes. */
  private static JsonNode size(ImageSize size) {
    return size.isSquare() ? IntNode.valueOf(size.height()) : TextNode.valueOf(size.toString());
  }

  private static ObjectNode teacher(TeacherChoice choice) {
    var node = JSON.createObjectNode();
    if (choice instanceof TeacherChoice.FromFile fromFile) {
      node.put("weights", fromFile.file().toString());
    } else if (choice instanceof TeacherChoice.Small small) {
      node.put("small", small.file().toString());
    } else {
      node.put(choice.trained() ? "bundled" : "random", true);
    }
    return node;
  }

  static byte[] bytes(TrainRequest request) throws IOException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json(request));
  }

  /**
   * What a run that is resumed has to have been begun with, by the paths of the JSON's values;
   * where files lie may change.
   */
  static Map<String, String> leaves(TrainRequest request) {
    var node = json(request);
    node.remove(List.of(DATA, "textures", TEACHER, FROM, ADDED));
    var leaves = new LinkedHashMap<String, String>();
    collect("", node, leaves);
    return leaves;
  }

  private static void collect(String path, JsonNode node, Map<String, String> leaves) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  collect(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      leaves));
    } else {
      leaves.put(path, node.asText());
    }
  }

  /**
   * Reads a configuration.
   *
   * @throws InputException if there is none, or it has a field that is not known
   */
  public static TrainConfig read(Path file) {
    try {
      var root = JSON.readTree(Files.readAllBytes(file));
      if (!root.isObject()) {
        throw new InputException(file + " is no configuration: it is not a JSON object");
      }
      var known = Set.of(TEACHER, VARIANT, OBSERVATIONS, TRAINING, "skipBad");
      for (var field : root.properties()) {
        if (!OPTIONS.containsKey(field.getKey()) && !known.contains(field.getKey())) {
          throw new InputException(
              file
                  + " is no configuration of train: it has an unknown field \""
                  + field.getKey()
                  + "\"; take the config.json of a run as a pattern");
        }
      }
      return new TrainConfig(file, root);
    } catch (JsonProcessingException e) {
      throw new InputException(
          file + " is not valid JSON (" + e.getOriginalMessage().replaceAll("\\s+", " ") + ")", e);
    } catch (IOException e) {
      throw new InputException(
          "there is no readable configuration " + file + "; name the config.json of a run", e);
    }
  }

  /**
   * The options that the configuration stands for.
   *
   * @param typed words of the command line; where a teacher is among them, the configuration's is
   *     left out
   */
  public List<String> options(List<String> typed) {
    var options = new ArrayList<String>();
    if (!root.has(RECIPE)) {
      // Before there were recipes, every training had the paper's.
      options.addAll(List.of("--recipe", Recipe.PAPER.key()));
    }
    add(root, OPTIONS, options);
    add(root.path(TRAINING), variant().fitted() ? FITTING_OPTIONS : TRAINING_OPTIONS, options);
    if (TEACHER_OPTIONS.values().stream().noneMatch(typed::contains)) {
      add(root.path(TEACHER), TEACHER_OPTIONS, options);
    }
    if (root.path("skipBad").asBoolean()) {
      options.add("--skip-bad");
    }
    return options;
  }

  private static void add(JsonNode node, Map<String, String> names, List<String> options) {
    for (var field : node.properties()) {
      var option = names.get(field.getKey());
      var value = field.getValue();
      if (option != null && value.isBoolean()) {
        options.add(option);
      } else if (option != null && !value.isNull()) {
        for (var each : value.isArray() ? value : List.of(value)) {
          options.add(option);
          options.add(each.asText());
        }
      }
    }
  }

  /** The folder of the data set, if it is said. */
  public Optional<Path> data() {
    return Optional.of(root.path(DATA)).filter(JsonNode::isTextual).map(n -> Path.of(n.asText()));
  }

  /** Whether the run went on from another one. */
  public boolean continues() {
    return root.has(FROM);
  }

  /**
   * Which method is trained.
   *
   * @throws InputException if it is none
   */
  public Variant variant() {
    return root.has(VARIANT) ? Variant.read(root.get(VARIANT)) : new Variant();
  }

  /**
   * What is observed besides.
   *
   * @throws InputException if it cannot be read
   */
  public Observations observations() {
    return merged(OBSERVATIONS, new Observations(), Observations.class);
  }

  /**
   * Schedule and losses.
   *
   * @throws InputException if a field is unknown or out of range
   */
  public TrainingSettings training() {
    return merged(TRAINING, new TrainingSettings(), TrainingSettings.class);
  }

  private <T> T merged(String field, T defaults, Class<T> type) {
    try {
      ObjectNode node = JSON.valueToTree(defaults);
      merge(node, root.path(field));
      return JSON.treeToValue(node, type);
    } catch (JsonProcessingException e) {
      var cause = e.getCause() instanceof IllegalArgumentException why ? why.getMessage() : null;
      throw new InputException(
          file
              + ": "
              + field
              + " cannot be used: "
              + (cause == null ? e.getOriginalMessage().replaceAll("\\s+", " ") : cause),
          e);
    }
  }

  private static void merge(ObjectNode into, JsonNode from) {
    for (var field : from.properties()) {
      if (into.get(field.getKey()) instanceof ObjectNode nested && field.getValue().isObject()) {
        merge(nested, field.getValue());
      } else {
        into.set(field.getKey(), field.getValue());
      }
    }
  }
}
