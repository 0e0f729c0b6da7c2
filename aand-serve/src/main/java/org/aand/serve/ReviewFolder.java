package org.aand.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.IoReason;

/**
 * Where reviews are kept: in {@code MODEL/normal} and {@code MODEL/defective} a copy of each image
 * that was reviewed, {@code ID.EXT}, and beside it {@code ID.json}, what was found and what was
 * said.
 *
 * <p>The image is what counts, and it appears last and at once: whenever the program is killed, a
 * reviewed image is in one of the two folders with its JSON beside it, or was not reviewed. Without
 * an image beside it a JSON says nothing.
 */
public final class ReviewFolder {
  private final Path folder;

  private ReviewFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder, if it is not there.
   *
   * @throws InputException if nothing can be written to it
   */
  public static ReviewFolder at(Path folder) {
    AtomicFile.requireWritableFolder(folder);
    return new ReviewFolder(folder);
  }

  /**
   * Keeps a review in place of an earlier one of the same result. Not to be called by several
   * threads at a time.
   *
   * @param model has a name that leads nowhere else, see {@link ServedModel}
   * @throws InputException if it cannot be written
   */
  void keep(String model, RecentResult result, Review review) {
    boolean defective = review.mark().defective(result.verdict());
    var place = folder.resolve(model).resolve(kind(defective));
    var other = folder.resolve(model).resolve(kind(!defective));
    var about = result.id() + ".json";
    var image = result.id() + "." + result.format().ending();
    byte[] text = (about(model, result, review) + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(place.resolve(about), out -> out.write(text));
    if (Files.exists(other.resolve(image))) {
      move(other.resolve(image), place.resolve(image));
      remove(other.resolve(about));
    } else if (!Files.exists(place.resolve(image))) {
      AtomicFile.write(place.resolve(image), out -> out.write(result.file()));
    }
  }

  private static String kind(boolean defective) {
    return defective ? "defective" : "normal";
  }

  private static String about(String model, RecentResult result, Review review) {
    var node = JsonNodeFactory.instance.objectNode().put("model", model);
    node.setAll(result.json());
    node.setAll(review.json());
    var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return node.put("reviewed", now.toString()).toPrettyString();
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure("move " + from + " to " + to, e);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failure("remove " + file, e);
    }
  }

  private static InputException failure(String what, IOException e) {
    return new InputException(
        "cannot " + what + ": " + IoReason.of(e) + "; check the folder and its permissions", e);
  }
}
