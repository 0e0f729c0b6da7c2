package org.aand.serve.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.aand.api.AnomalyDetector;
import org.aand.api.DetectionRow;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.aand.common.file.Sha256;
import org.aand.common.image.ImageFile;
import org.aand.common.listing.ImageFolder;
import org.aand.serve.sink.ResultRecord;

/** Reads one file and decides on it. Safe to use from many threads. */
final class Inspection {
  /** Hexadecimal digits of an id: 128 bits. */
  private static final int ID_LENGTH = 32;

  /** What has probably happened to the line, in results; absent while nothing has. */
  static final String DRIFT = "drift";

  private final Path folder;
  private final AnomalyDetector detector;
  private final String model;
  private final LineDrift drift;

  /** What became of a file. */
  sealed interface Outcome {
    /** The file when it was listed. */
    FileStamp stamp();

    /** It is decided on, or given up. */
    record Done(FileStamp stamp, ResultRecord result) implements Outcome {}

    /** It is not complete, as far as can be seen, or gone; to be tried again if it is there. */
    record Incomplete(FileStamp stamp, String reason) implements Outcome {}

    /** It is no image. */
    record NoImage(FileStamp stamp, String reason) implements Outcome {}
  }

  Inspection(Path folder, AnomalyDetector detector, String model, LineDrift drift) {
    this.folder = folder;
    this.detector = detector;
    this.model = model;
    this.drift = drift;
  }

  /** Decides on a file. */
  Outcome of(Arrivals.Ready ready) {
    var stamp = ready.stamp();
    var file = folder.resolve(stamp.name());
    try {
      byte[] bytes = read(file, stamp);
      var refusal = ImageFolder.refusal(file);
      return refusal.isPresent() ? new Outcome.NoImage(stamp, refusal.get()) : decide(ready, bytes);
    } catch (NoSuchFileException e) {
      return new Outcome.Incomplete(stamp, "is gone");
    } catch (ChangedException e) {
      return new Outcome.Incomplete(stamp, "changes while it is read");
    } catch (IOException e) {
      return unusable(ready, "", "cannot be read (" + IoReason.of(e) + ")");
    } catch (OutOfMemoryError e) {
      return unusable(ready, "", "the memory did not suffice; allow more (java -Xmx)");
    }
  }

  /** The file is another one than was listed. */
  private static final class ChangedException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static byte[] read(Path file, FileStamp stamp) throws IOException {
    if (stamp.size() > ImageFile.MAX_BYTES) {
      throw new IOException("it has more than " + ImageFile.MAX_BYTES + " bytes");
    }
    byte[] bytes = Files.readAllBytes(file);
    var now = FileStamp.of(stamp.name(), Files.readAttributes(file, BasicFileAttributes.class));
    if (!now.equals(stamp) || bytes.length != stamp.size()) {
      throw new ChangedException();
    }
    return bytes;
  }

  private Outcome decide(Arrivals.Ready ready, byte[] bytes) {
    var name = ready.stamp().name();
    var content = Sha256.sha256(bytes);
    try {
      var found = detector.detect(ImageFile.decode(bytes, name));
      var row = DetectionRow.of(name, found);
      drift.observe(found).ifPresent(causes -> row.put(DRIFT, causes));
      return new Outcome.Done(
          ready.stamp(), ResultRecord.of(id(ready.stamp(), content), Instant.now(), model, row));
    } catch (InputException e) {
      return unusable(ready, content, String.valueOf(e.getMessage()));
    }
  }

  /** At the last attempt that is a result too. */
  private Outcome unusable(Arrivals.Ready ready, String content, String reason) {
    var stamp = ready.stamp();
    return ready.last()
        ? new Outcome.Done(
            stamp,
            ResultRecord.of(
                id(stamp, content),
                Instant.now(),
                model,
                DetectionRow.failed(stamp.name(), reason)))
        : new Outcome.Incomplete(stamp, reason);
  }

  /** Of the content too: cameras that count in step write files of one name and size at a time. */
  private static String id(FileStamp stamp, String content) {
    var text = String.join("\0", stamp.name(), stamp.modified().toString(), content);
    return Sha256.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, ID_LENGTH);
  }
}
