package org.aand.runfolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.OutputPlace;

/**
 * Where a run folder is worked on before it is published: beside its place, or inside of a folder
 * that is there already.
 *
 * @param named as the user named it
 * @param target what links lead to from there
 * @param inside whether the folder exists and is worked on inside
 */
record WorkingPlace(Path named, Path target, boolean inside) {
  private static final String WORKING = ".aand.part";
  private static final String LOCK = ".aand.lock";

  /** Names of what is being moved up, one a line, while it is. */
  private static final String MOVING = "moving";

  /** What an empty folder may hold: a file system of its own begins with the last of them. */
  private static final Set<String> NOTHING = Set.of(WORKING, LOCK, "lost+found");

  /**
   * The place of a run folder.
   *
   * @throws IOException if a link cannot be followed
   * @throws InputException if nothing can be made there
   */
  static WorkingPlace of(Path named) throws IOException {
    var places = bothOf(named);
    return Files.isDirectory(places.get(0).target()) ? places.get(1) : places.get(0);
  }

  /** Beside and inside. */
  static List<WorkingPlace> bothOf(Path named) throws IOException {
    var target = OutputPlace.behindLinks(named).normalize();
    if (target.getParent() == null) {
      throw new InputException(named + " cannot be a run folder; name one with --out");
    }
    return List.of(new WorkingPlace(named, target, false), new WorkingPlace(named, target, true));
  }

  Path working() {
    return inside ? target.resolve(WORKING) : beside(".part");
  }

  Path lock() {
    return inside ? target.resolve(LOCK) : beside(".lock");
  }

  private Path beside(String ending) {
    return target.resolveSibling("." + target.getFileName() + ending);
  }

  /** Makes the folder that working folder and lock are put into. */
  void makeRoom() throws IOException {
    OutputPlace.makeFolder(Objects.requireNonNull(working().getParent()));
  }

  /**
   * Refuses a place that is taken.
   *
   * @throws InputException if it is
   */
  void requireFree() throws IOException {
    if (Files.exists(target) && !(Files.isDirectory(target) && isEmpty())) {
      throw new InputException(
          named + " exists already; name another folder with --out, or delete it first");
    }
  }

  private boolean isEmpty() throws IOException {
    var moving = inside ? moving() : List.of();
    try (var files = Files.list(target)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .allMatch(name -> NOTHING.contains(name) || moving.contains(name));
    }
  }

  /**
   * Takes back what an earlier start was moving up when it was killed, unless it had moved all of
   * it: then the folder is complete, and the place taken.
   */
  void takeBack(String from) throws IOException {
    var names = moving();
    if (!inside || names.isEmpty()) {
      return;
    }
    if (!allMoved(names, from)) {
      var folder = working().resolve(from);
      for (var name : names) {
        if (Files.exists(target.resolve(name))) {
          Files.move(target.resolve(name), folder.resolve(name));
        }
      }
    }
    Files.delete(working().resolve(MOVING));
  }

  private boolean allMoved(List<String> names, String from) {
    var folder = working().resolve(from);
    return names.stream().noneMatch(name -> Files.exists(folder.resolve(name)));
  }

  /** Whether the folder is complete and what is left of the work on it is of no use. */
  boolean isPublished(String from) throws IOException {
    if (!inside) {
      return Files.exists(target);
    }
    var names = moving();
    return !names.isEmpty() && allMoved(names, from) || Files.isDirectory(target) && !isEmpty();
  }

  private List<String> moving() throws IOException {
    var file = working().resolve(MOVING);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /**
   * Moves what is in a subfolder of the working folder to its place.
   *
   * @param last what is moved last, because it says that the folder is complete
   */
  void publish(String from, String last) throws IOException {
    var folder = working().resolve(from);
    if (!inside) {
      // Somebody may have made the folder meanwhile.
      Files.deleteIfExists(target);
      Files.move(folder, target);
      return;
    }
    var names = new ArrayList<String>();
    try (var files = Files.list(folder)) {
      files.map(file -> String.valueOf(file.getFileName())).forEach(names::add);
    }
    Comparator<String> order = Comparator.comparing(last::equals);
    names.sort(order.thenComparing(Comparator.naturalOrder()));
    AtomicFile.write(
        working().resolve(MOVING),
        out ->
            out.write(String.join("\n", names).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    for (var name : names) {
      Files.move(folder.resolve(name), target.resolve(name));
    }
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
