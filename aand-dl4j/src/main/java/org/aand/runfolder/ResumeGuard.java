package org.aand.runfolder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.IoReason;

/** What a folder's work was begun with, so that nothing else is resumed in it. */
public final class ResumeGuard {
  private static final String FILE = "begun.json";
  private static final String STARTED = "started";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ResumeGuard() {}

  /**
   * Keeps what work is begun with, or compares it with what was kept.
   *
   * @param folder of the work
   * @param with settings and hashes of data by name
   * @param now the time
   * @return when it was begun
   * @throws InputException if it was begun with something else
   */
  public static Instant check(Path folder, Map<String, String> with, Instant now) {
    var file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      var begun = new LinkedHashMap<>(with);
      begun.put(STARTED, now.toString());
      AtomicFile.write(file, out -> out.write(json(begun)));
      return now;
    }
    var begun = read(file);
    var started = Instant.parse(begun.getOrDefault(STARTED, now.toString()));
    begun.remove(STARTED);
    var names = new TreeSet<>(begun.keySet());
    names.addAll(with.keySet());
    for (var name : names) {
      var before = begun.getOrDefault(name, "none");
      var wanted = with.getOrDefault(name, "none");
      if (!before.equals(wanted)) {
        throw new InputException(
            "the work in "
                + folder
                + " was begun with "
                + name
                + " "
                + before
                + ", not "
                + wanted
                + "; ask for the same, name another folder with --out, or delete it");
      }
    }
    return started;
  }

  private static byte[] json(Map<String, String> values) throws IOException {
    return JSON.writerWithDefaultPrettyPrinter()
        .writeValueAsString(values)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> read(Path file) {
    try {
      return JSON.readValue(
          Files.readString(file, StandardCharsets.UTF_8),
          new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new InputException(
          file + " is damaged; delete " + file.getParent() + " to start again", e);
    } catch (IOException e) {
      throw new InputException(file + " cannot be read (" + IoReason.of(e) + ")", e);
    }
  }
}
