package org.aand.serve.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aand.common.file.AppendFile;
import org.aand.serve.sink.ResultRecord;
import org.aand.serve.sink.RowFormat;

/**
 * What a watch has done, on disk before anything follows from it. Lines of JSON, of three kinds:
 *
 * <ul>
 *   <li>{@code file}, {@code size}, {@code modified}, {@code result}: decided, and not known to be
 *       with all sinks
 *   <li>{@code finished} with the result's id: it is; with {@code gone} the file was moved away, so
 *       that one of its name is another image
 *   <li>{@code file}, {@code size}, {@code modified}: finished earlier, in a journal that was
 *       rewritten
 * </ul>
 *
 * <p>Part of a line at the end, from a process that was killed, is cut off. The journal is
 * rewritten when most of it is outdated: with the files that are still in the folder and {@value
 * #REMEMBERED} that are not, since a network drive may be away for a time. Safe to use from many
 * threads.
 */
final class Journal {
  /** Files that are remembered although they are not in the folder. */
  static final int REMEMBERED = 100_000;

  private static final int SLACK = 10_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "file";
  private static final String SIZE = "size";
  private static final String MODIFIED = "modified";
  private static final String RESULT = "result";
  private static final String FINISHED = "finished";
  private static final String GONE = "gone";

  private final AppendFile file;
  private final int slack;
  private final Map<String, FileStamp> known = new LinkedHashMap<>();
  private final Map<String, Decided> unfinished = new LinkedHashMap<>();

  /** Lines that may be lost, since a sink can be asked what it has; written with the next ones. */
  private final List<String> later = new ArrayList<>();

  private long lines;
  private int unreadable;

  private Journal(Path path, int slack) {
    file = new AppendFile(path);
    this.slack = slack;
  }

  /** Opens a journal, which does not have to be there yet. */
  static Journal open(Path path) throws IOException {
    return open(path, SLACK);
  }

  /**
   * @param slack outdated lines that do not yet make it be rewritten
   */
  static Journal open(Path path, int slack) throws IOException {
    var journal = new Journal(path, slack);
    if (Files.exists(path)) {
      journal.file.cut(RowFormat.JSON_LINES.read(path, journal::read));
    }
    return journal;
  }

  private void read(String line) {
    lines++;
    try {
      var node = JSON.readTree(line);
      if (node.has(FINISHED)) {
        finish(node.path(FINISHED).asText(), node.path(GONE).asBoolean());
      } else {
        var stamp = stamp(node);
        remember(stamp);
        if (node.has(RESULT)) {
          var decided = new Decided(stamp, ResultRecord.parse(node.path(RESULT)));
          unfinished.put(decided.result().id(), decided);
        }
      }
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      // A block that a failing disk has lost; what it said is found out again.
      unreadable++;
    }
  }

  private static FileStamp stamp(JsonNode node) {
    return new FileStamp(
        node.path(FILE).asText(),
        node.path(SIZE).asLong(),
        Instant.parse(node.path(MODIFIED).asText()));
  }

  private static ObjectNode json(FileStamp stamp) {
    return JsonNodeFactory.instance
        .objectNode()
        .put(FILE, stamp.name())
        .put(SIZE, stamp.size())
        .put(MODIFIED, stamp.modified().toString());
  }

  private static String line(Decided decided) {
    try {
      return json(decided.stamp()).set(RESULT, JSON.readTree(decided.result().json())).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result that is no JSON", e);
    }
  }

  private void remember(FileStamp stamp) {
    // Behind all others: the newest is forgotten last.
    known.remove(stamp.name());
    known.put(stamp.name(), stamp);
  }

  private void finish(String id, boolean gone) {
    var decided = unfinished.remove(id);
    if (gone && decided != null) {
      known.remove(decided.stamp().name(), decided.stamp());
    }
  }

  /** How many lines could not be read. */
  int unreadable() {
    return unreadable;
  }

  /** Whether a file was decided on. */
  synchronized boolean knows(FileStamp stamp) {
    return stamp.equals(known.get(stamp.name()));
  }

  /** What was decided and is not known to be with all sinks, in order. */
  synchronized List<Decided> unfinished() {
    return List.copyOf(unfinished.values());
  }

  /**
   * Keeps results, on disk when it returns.
   *
   * @throws IOException if they are not kept
   */
  synchronized void decided(Collection<Decided> results) throws IOException {
    var added = new ArrayList<String>(later);
    results.forEach(result -> added.add(line(result)));
    append(added);
    for (var result : results) {
      remember(result.stamp());
      unfinished.put(result.result().id(), result);
    }
  }

  /**
   * A result is with all sinks. Written with the next results, or by {@link #flush}.
   *
   * @param gone whether its file was moved away
   */
  synchronized void finished(Decided decided, boolean gone) {
    var node = JsonNodeFactory.instance.objectNode().put(FINISHED, decided.result().id());
    later.add((gone ? node.put(GONE, true) : node).toString());
    finish(decided.result().id(), gone);
  }

  /** Writes what waits to be written. */
  synchronized void flush() throws IOException {
    if (!later.isEmpty()) {
      append(later);
    }
  }

  private void append(List<String> added) throws IOException {
    file.append((String.join("\n", added) + "\n").getBytes(StandardCharsets.UTF_8));
    lines += added.size();
    later.clear();
  }

  /**
   * Rewrites the journal if most of it is outdated.
   *
   * @param present names of the files in the folder
   * @throws IOException if that fails; the journal is then as it was
   */
  synchronized void compact(Set<String> present) throws IOException {
    if (lines <= (long) known.size() + slack) {
      return;
    }
    long tooMany = known.keySet().stream().filter(name -> !present.contains(name)).count();
    tooMany -= REMEMBERED;
    var oldest = known.values().iterator();
    while (tooMany > 0 && oldest.hasNext()) {
      var stamp = oldest.next();
      if (!present.contains(stamp.name()) && !isUnfinished(stamp)) {
        oldest.remove();
        tooMany--;
      }
    }
    var text = new StringBuilder();
    for (var stamp : known.values()) {
      text.append(json(stamp)).append('\n');
    }
    for (var decided : unfinished.values()) {
      text.append(line(decided)).append('\n');
    }
    replace(text.toString().getBytes(StandardCharsets.UTF_8));
    later.clear();
    lines = known.size() + unfinished.size();
  }

  private boolean isUnfinished(FileStamp stamp) {
    return unfinished.values().stream().anyMatch(decided -> decided.stamp().equals(stamp));
  }

  private void replace(byte[] content) throws IOException {
    var beside = file.path().resolveSibling(file.path().getFileName() + ".part");
    Files.write(beside, content);
    try (var channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(beside, file.path(), StandardCopyOption.ATOMIC_MOVE);
  }
}
