package org.aand.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.IoReason;
import org.aand.common.file.OutputPlace;
import org.aand.common.file.ProcessLock;
import org.aand.pipeline.ModelUse;
import org.aand.pipeline.TrainRequest;
import org.aand.runfolder.RunFolder;

/**
 * One training that cells are made of, and what is known of it on disk.
 *
 * <p>Its folder is complete or not there. Beside it lie, while they mean something, {@code
 * NAME.failed.json} and a lock, and {@code NAME.use.json} with what its model takes in use.
 *
 * @param name for people
 * @param request what is trained; its {@code out} is the run's folder
 */
record PlannedRun(String name, TrainRequest request) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofMillis(500);

  /**
   * Why a run was given up.
   *
   * @param message one line
   * @param at when
   */
  record Failure(String message, Instant at) {}

  Path folder() {
    return request.out();
  }

  boolean done() {
    return Files.exists(folder().resolve(RunFolder.RESULT));
  }

  /** The right to do the run, where nobody else has it. */
  Optional<ProcessLock> claim() {
    try {
      OutputPlace.makeFolder(Objects.requireNonNull(folder().toAbsolutePath().getParent()));
    } catch (IOException e) {
      throw new InputException(
          "the folder of " + folder() + " cannot be made (" + IoReason.of(e) + ")", e);
    }
    return ProcessLock.of(beside(".claim"));
  }

  /**
   * The same, when others let go of it.
   *
   * @throws InputException if they do not in time
   */
  ProcessLock claim(Duration patience) {
    long begun = System.nanoTime();
    for (var claim = claim(); ; claim = claim()) {
      if (claim.isPresent()) {
        return claim.get();
      }
      if (System.nanoTime() - begun >= patience.toNanos()) {
        throw new InputException("another process is at the run " + name + "; wait for it to end");
      }
      try {
        Thread.sleep(POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while another process is at " + name, e);
      }
    }
  }

  /** Why it was given up, if it was and was not done since. */
  Optional<Failure> failure() {
    var file = beside(".failed.json");
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      var json = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
      return Optional.of(
          new Failure(json.path("message").asText(), Instant.parse(json.path("at").asText())));
    } catch (java.nio.file.NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException | java.time.DateTimeException e) {
      throw new InputException(file + " is damaged; delete it", e);
    } catch (IOException e) {
      throw new InputException(file + " cannot be read (" + IoReason.of(e) + ")", e);
    }
  }

  void recordFailure(String message) {
    var content = Map.of("message", message, "at", Instant.now().toString());
    AtomicFile.write(
        beside(".failed.json"),
        out -> out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content)));
  }

  void forgetFailure() {
    try {
      Files.deleteIfExists(beside(".failed.json"));
    } catch (IOException e) {
      throw new InputException(
          beside(".failed.json") + " cannot be deleted (" + IoReason.of(e) + ")", e);
    }
  }

  /** What its model takes in use; measured where nobody has yet. */
  ModelUse use() {
    var file = beside(".use.json");
    try {
      if (Files.exists(file)) {
        return JSON.readValue(Files.readAllBytes(file), ModelUse.class);
      }
    } catch (IOException e) {
      throw new InputException(file + " is damaged; delete it to measure again", e);
    }
    var measured = ModelUse.measure(folder().resolve(RunFolder.MODEL));
    AtomicFile.write(file, out -> out.write(JSON.writeValueAsBytes(measured)));
    return measured;
  }

  private Path beside(String ending) {
    return folder().resolveSibling(folder().getFileName() + ending);
  }
}
