package org.aand.serve.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.aand.api.SampleImages;
import org.aand.model.TinyModelFile;
import org.aand.serve.sink.RowFormat;

/**
 * A test's folder, in which the folder {@code in} is watched by the command in a JVM of its own
 * that may be killed.
 *
 * <p>{@code -Daand.watch.images=DIR} and {@code -Daand.watch.model=RUN} take other images and
 * another model than those that are drawn and random; {@code -Daand.small.jar=FILE} takes the
 * program from the small jar.
 */
record WatchedFolder(Path folder, Path model, List<Path> images, List<Process> started)
    implements AutoCloseable {
  private static final String VECTORS = "jdk.incubator.vector";

  /** Draws and writes what no system property names. */
  static WatchedFolder in(Path folder) throws IOException {
    Files.createDirectory(folder.resolve("in"));
    var model =
        property("model")
            .orElseGet(
                () ->
                    TinyModelFile.write(
                        folder.resolve("model.aand"), SampleImages.draw(6, 40, 30)));
    return new WatchedFolder(folder, model, images(folder), new ArrayList<>());
  }

  private static Optional<Path> property(String name) {
    return Optional.ofNullable(System.getProperty("aand.watch." + name)).map(Path::of);
  }

  private static List<Path> images(Path folder) throws IOException {
    var given = property("images");
    if (given.isEmpty()) {
      var drawn = Files.createDirectory(folder.resolve("drawn"));
      int count = 0;
      for (var image : SampleImages.draw(8, 40, 30)) {
        Files.write(drawn.resolve(count++ + ".png"), SampleImages.png(image));
      }
    }
    try (var files = Files.walk(given.orElse(folder.resolve("drawn")))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** The folder that is watched. */
  Path watched() {
    return folder.resolve("in");
  }

  /** A file or folder beside it. */
  String beside(String name) {
    return folder.resolve(name).toString();
  }

  /** Starts a command; what it says is added to the log. */
  Process start(Stream<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (ModuleLayer.boot().findModule(VECTORS).isPresent()) {
      // Another kernel would change a score's last digit.
      command.add("--add-modules=" + VECTORS);
    }
    // One process, so that nothing of it outlives a kill.
    command.addAll(List.of("-Xmx512m", "-Daand.relaunch=false", "-Djava.awt.headless=true"));
    var jar = System.getProperty("aand.small.jar");
    command.addAll(
        jar == null
            ? List.of("-cp", System.getProperty("java.class.path"), Main.class.getName())
            : List.of("-jar", jar));
    command.addAll(arguments.toList());
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    started.add(process);
    return process;
  }

  /** Kills what still runs. */
  @Override
  public void close() {
    started.forEach(Process::destroyForcibly);
  }

  /** What all processes have said. */
  String log() throws IOException {
    var log = folder.resolve("log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** How many results they have printed. */
  long logged() throws IOException {
    return lines(line -> line.endsWith("  anomalous") || line.endsWith("  normal"));
  }

  /** How many of them have said that they watch the folder. */
  long watching() throws IOException {
    return lines(line -> line.startsWith("Watching "));
  }

  private long lines(Predicate<String> wanted) throws IOException {
    return log().lines().filter(wanted).count();
  }

  /** The rows of a file and of those that were renamed, in the order of their names. */
  List<String> rows(String stem, String type, RowFormat format) throws IOException {
    var rows = new ArrayList<String>();
    try (var files = Files.list(folder)) {
      for (var file : files.sorted().toList()) {
        var name = String.valueOf(file.getFileName());
        if (name.startsWith(stem + ".") && name.endsWith(type)) {
          long whole = format.read(file, rows::add);
          if (whole != Files.size(file)) {
            throw new IOException(file + " ends in part of a row");
          }
        }
      }
    }
    rows.removeIf(RowFormat.CSV.equals(format) ? row -> row.startsWith("id,") : row -> false);
    return rows;
  }

  /** Names of all files below a folder. */
  static List<String> files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
