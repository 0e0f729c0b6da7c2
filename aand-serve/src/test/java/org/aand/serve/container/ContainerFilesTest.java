package org.aand.serve.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.aand.serve.cli.ServeCommand;
import org.aand.serve.cli.WatchCommand;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The container files go together with the program, as far as that shows without a container
 * engine: paths, options, modules, user.
 */
class ContainerFilesTest {
  private static final Path FOLDER = root().resolve("docker");

  private final List<String> dockerfile = instructions();

  @Test
  void whatIsCopiedIsInTheProjectOrBuiltByIt() throws IOException {
    var ignored = Files.readAllLines(root().resolve(".dockerignore"));
    for (var instruction : dockerfile) {
      if (instruction.startsWith("COPY ") && !instruction.contains("--from")) {
        var words = instruction.split(" ");
        for (var source : List.of(words).subList(1, words.length - 1)) {
          assertTrue(ignored.contains("!" + source), source + " is ignored");
          assertTrue(Files.exists(root().resolve(source)) || source.equals(builtJar()), source);
        }
      }
    }
  }

  /** As the shade plugin's configuration names it. */
  private static String builtJar() throws IOException {
    var pom = Files.readString(root().resolve("aand-serve/pom.xml"));
    var name = Pattern.compile("\\$\\{project.build.directory}/(aand-small\\.jar)").matcher(pom);
    assertTrue(name.find());
    return "aand-serve/target/" + name.group(1);
  }

  @Test
  void theModulesAreOnesThatThisJavaHas() {
    var modules =
        Pattern.compile("jlink\\s+--add-modules (\\S+)").matcher(String.join("\n", dockerfile));
    assertTrue(modules.find());
    for (var module : modules.group(1).split(",")) {
      assertTrue(ModuleFinder.ofSystem().find(module).isPresent(), module);
    }
    assertTrue(modules.group(1).contains("jdk.incubator.vector"));
    // It runs objcopy, which a JDK's image need not have.
    assertFalse(String.join("\n", dockerfile).contains("--strip-debug"));
  }

  @Test
  void itRunsAsAUserWithoutRights() {
    assertEquals(Optional.of("USER 10001:10001"), last("USER "));
    assertEquals(Optional.of("VOLUME [\"/state\"]"), last("VOLUME "));
    assertTrue(String.join("\n", dockerfile).contains("chown aand:aand /state"));
  }

  /** Alpine's busybox has wget, a Java runtime of one's own has no program that asks. */
  @Test
  void whetherItIsWellIsAskedByWhatTheImageHas() {
    var base = last("FROM ").orElse("");
    assertTrue(base.startsWith("FROM docker.io/library/alpine:"), base);
    var check = last("HEALTHCHECK ").orElse("");
    assertTrue(check.contains("CMD wget "), check);
    assertTrue(check.contains("http://127.0.0.1:8080/health"), check);
    assertEquals(Optional.of("EXPOSE 8080"), last("EXPOSE "));
  }

  @Test
  void theRuntimeThatWasLinkedRunsTheJarThatWasCopied() throws IOException {
    var entry = words(new ObjectMapper().readTree(last("ENTRYPOINT ").orElseThrow().substring(11)));
    assertTrue(dockerfile.contains("COPY --from=runtime /runtime /opt/java"));
    assertTrue(dockerfile.contains("COPY " + builtJar() + " /opt/aand/aand-small.jar"));
    assertEquals("/opt/java/bin/java", entry.get(0));
    assertEquals(
        List.of("-jar", "/opt/aand/aand-small.jar"), entry.subList(entry.size() - 2, entry.size()));
    var options = entry.subList(1, entry.size() - 2);
    assertTrue(
        options.containsAll(List.of("--add-modules", "jdk.incubator.vector")), "else two JVMs");
    assertTrue(options.contains("-XX:MaxRAMPercentage=75"), options.toString());
  }

  @Test
  void theCommandsAreOnesThatTheProgramTakes() throws IOException {
    var command = new ObjectMapper().readTree(last("CMD ").orElseThrow().substring(4));
    parse(words(command));
    var services = compose().path("services");
    parse(words(services.path("serve").path("command")));
    parse(words(services.path("watch").path("command")));
  }

  /** The file system of the image is read-only: no default of an option may lie there. */
  @Test
  void whatTheWatchWritesLiesOnAVolumeThatIsWritable() throws IOException {
    var compose = compose();
    var watch = merged(compose, compose.path("services").path("watch"));
    var writable = new ArrayList<>(words(watch.path("tmpfs")));
    for (var volume : words(watch.path("volumes"))) {
      if (!volume.endsWith(":ro")) {
        writable.add(volume.split(":")[1]);
      }
    }
    assertTrue(writable.contains("/tmp"), "for what the JVM and libraries keep there");
    var command = words(watch.path("command"));
    assertTrue(command.stream().anyMatch(word -> word.startsWith("--state=")), command.toString());
    for (var word : command) {
      if (word.startsWith("--state=") || word.startsWith("--csv=")) {
        var place = word.substring(word.indexOf('=') + 1);
        assertTrue(writable.stream().anyMatch(at -> place.startsWith(at + "/")), word);
      }
    }
  }

  @Test
  void everyContainerOfOursIsHardenedAndEveryVolumeIsDeclared() throws IOException {
    var compose = compose();
    var declared = new ArrayList<String>();
    compose.path("volumes").fieldNames().forEachRemaining(declared::add);
    for (var name : List.of("serve", "watch")) {
      var service = merged(compose, compose.path("services").path(name));
      assertTrue(service.path("read_only").asBoolean(), name);
      assertEquals("ALL", service.path("cap_drop").path(0).asText(), name);
      assertEquals("no-new-privileges:true", service.path("security_opt").path(0).asText(), name);
      assertEquals("docker/Dockerfile", service.path("build").path("dockerfile").asText(), name);
      for (var volume : service.path("volumes")) {
        var from = volume.asText().split(":")[0];
        assertTrue(from.startsWith("./") || declared.contains(from), volume.asText());
      }
    }
    assertTrue(
        compose
            .path("services")
            .path("serve")
            .path("ports")
            .path(0)
            .asText()
            .startsWith("127.0.0.1:"));
    assertFalse(compose.path("secrets").path("aand-tokens").isMissingNode());
    assertTrue(Files.exists(FOLDER.resolve("mosquitto.conf")));
  }

  /** A service with what it takes over from an anchor ({@code <<}). */
  private static JsonNode merged(JsonNode compose, JsonNode service) {
    var merged = compose.path("x-hardened").<ObjectNode>deepCopy();
    service.properties().forEach(field -> merged.set(field.getKey(), field.getValue()));
    return merged;
  }

  private static void parse(List<String> words) {
    Class<?> command =
        switch (words.get(0)) {
          case "serve" -> ServeCommand.class;
          case "watch" -> WatchCommand.class;
          default -> throw new AssertionError(words.get(0));
        };
    var parsed =
        new CommandLine(command).parseArgs(words.subList(1, words.size()).toArray(String[]::new));
    assertTrue(parsed.unmatched().isEmpty(), words.toString());
  }

  private static List<String> words(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static JsonNode compose() throws IOException {
    return new ObjectMapper(new YAMLFactory())
        .readTree(Files.readString(FOLDER.resolve("compose.yaml"), StandardCharsets.UTF_8));
  }

  private Optional<String> last(String instruction) {
    return dockerfile.stream().filter(line -> line.startsWith(instruction)).reduce((a, b) -> b);
  }

  /** Without comments, each on one line. */
  private static List<String> instructions() {
    try {
      var text = Files.readString(FOLDER.resolve("Dockerfile"), StandardCharsets.UTF_8);
      return text.replaceAll("\\\\\\R\\s*", "")
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The project's folder, of which tests run in a module. */
  private static Path root() {
    var here = Path.of("").toAbsolutePath();
    for (var folder = here; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("docker/Dockerfile"))) {
        return folder;
      }
    }
    throw new AssertionError("no docker folder above " + here);
  }
}
