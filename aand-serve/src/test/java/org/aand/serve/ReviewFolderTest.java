package org.aand.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.aand.api.Verdict;
import org.aand.common.InputException;
import org.aand.common.image.ImageFormat;
import org.aand.common.listing.ImagePaths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever a program was killed, an image is in one folder alone, and the next review goes on. */
class ReviewFolderTest {
  private static final byte[] IMAGE = {1, 2, 3};
  private static final RecentResult RESULT =
      new RecentResult(
          "id",
          Instant.EPOCH,
          "part",
          1,
          OptionalDouble.of(0.5),
          Verdict.ANOMALOUS,
          4,
          3,
          ImageFormat.JPEG,
          IMAGE,
          Shown.NOTHING);
  private static final Review NORMAL = new Review(Mark.FALSE_ALARM, Optional.empty(), "");
  private static final Review DEFECTIVE = new Review(Mark.CORRECT, Optional.empty(), "");

  private final Path model;
  private final ReviewFolder reviews;

  ReviewFolderTest(@TempDir Path folder) {
    model = folder.resolve("reviews/cap");
    reviews = ReviewFolder.at(folder.resolve("reviews"));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(model)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> model.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  @Test
  void aKillBeforeTheImageIsThereLeavesNoReview() throws IOException {
    var normal = Files.createDirectories(model.resolve("normal"));
    Files.writeString(normal.resolve("id.json"), "{}");
    Files.write(normal.resolve(".id.jpg.1.part"), new byte[] {1});
    assertEquals(List.of(), ImagePaths.in(normal));
    reviews.keep("cap", RESULT, DEFECTIVE);
    assertEquals(
        List.of("defective/id.jpg", "defective/id.json", "normal/.id.jpg.1.part"), files());
    assertArrayEquals(IMAGE, Files.readAllBytes(model.resolve("defective/id.jpg")));
  }

  @Test
  void aKillBeforeOrAfterAnImageMovesLeavesItOnce() throws IOException {
    reviews.keep("cap", RESULT, NORMAL);
    var defective = Files.createDirectories(model.resolve("defective"));
    Files.writeString(defective.resolve("id.json"), "{}");
    assertEquals(List.of(), ImagePaths.in(defective));
    reviews.keep("cap", RESULT, DEFECTIVE);
    assertEquals(List.of("defective/id.jpg", "defective/id.json"), files());
    Files.writeString(model.resolve("normal/id.json"), "{}");
    reviews.keep("cap", RESULT, DEFECTIVE);
    assertEquals(List.of("defective/id.jpg", "defective/id.json"), files());
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    var file = Files.writeString(model.resolveSibling("file"), "");
    assertThrows(InputException.class, () -> ReviewFolder.at(file));
  }
}
