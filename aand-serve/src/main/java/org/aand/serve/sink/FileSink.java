package org.aand.serve.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.aand.common.InputException;
import org.aand.common.file.AppendFile;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.IoReason;

/**
 * A file of results that grows, each result in it once, whatever ends the process.
 *
 * <p>When it has reached its size it is renamed, {@code results.csv} to {@code results.000001.csv},
 * then {@code results.000002.csv} and so on: sorted by name they are in order, and the one without
 * a number is the last. None is ever deleted or overwritten. It may be moved away at any time; the
 * next result begins a new one.
 */
public final class FileSink implements ResultSink {
  private static final int DIGITS = 6;

  private final AppendFile file;
  private final RowFormat format;
  private final long rotateBytes;
  private final AtomicLong written = new AtomicLong();

  private FileSink(AppendFile file, RowFormat format, long rotateBytes) {
    this.file = file;
    this.format = format;
    this.rotateBytes = rotateBytes;
  }

  /**
   * Opens a file, which is made with the first result. What is in it stays; part of a row, left by
   * a killed process, is cut off.
   *
   * @param rotateBytes size at which it is renamed; a row is never split
   * @throws InputException if it cannot be written, or is something else
   */
  public static FileSink open(Path file, RowFormat format, long rotateBytes) {
    AtomicFile.requireWritable(file);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new InputException("cannot write results to " + file + ": it is no file; name another");
    }
    var sink = new FileSink(new AppendFile(file.toAbsolutePath()), format, rotateBytes);
    try {
      if (sink.file.length() > 0) {
        sink.takeOver();
      }
    } catch (IOException e) {
      throw new InputException("cannot read " + file + " (" + IoReason.of(e) + ")", e);
    }
    return sink;
  }

  private void takeOver() throws IOException {
    var first = new String[] {""};
    long whole =
        format.read(file.path(), row -> first[0] = first[0].isEmpty() ? row + "\n" : first[0]);
    if (whole > 0 && !format.header().isEmpty() && !first[0].equals(format.header() + "\n")) {
      if (!first[0].startsWith("id,time,model,")) {
        throw new InputException(
            "cannot append results to "
                + file.path()
                + ": its columns are others; name another file, or move it away");
      }
      // Of another version of the program.
      rotate();
    } else {
      file.cut(whole);
    }
  }

  @Override
  public void write(List<ResultRecord> results) throws IOException {
    long length = file.length();
    if (length >= rotateBytes) {
      rotate();
      length = 0;
    }
    var rows = new StringBuilder();
    if (length == 0 && !format.header().isEmpty()) {
      rows.append(format.header()).append('\n');
    }
    results.forEach(result -> rows.append(format.row(result)).append('\n'));
    file.append(rows.toString().getBytes(StandardCharsets.UTF_8));
    written.addAndGet(results.size());
  }

  private void rotate() throws IOException {
    var numbered = numbered();
    int next = numbered.isEmpty() ? 1 : numbered.lastKey() + 1;
    Files.move(file.path(), file.path().resolveSibling(name(next)));
  }

  private String stem() {
    var name = String.valueOf(file.path().getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private String name(int number) {
    var type = String.valueOf(file.path().getFileName()).substring(stem().length());
    return String.format(Locale.ROOT, "%s.%0" + DIGITS + "d%s", stem(), number, type);
  }

  /** The files that were renamed, by their numbers. */
  private TreeMap<Integer, Path> numbered() throws IOException {
    var pattern = Pattern.compile(Pattern.quote(stem()) + "\\.([0-9]{" + DIGITS + ",9})(\\..*)?");
    var found = new TreeMap<Integer, Path>();
    try (var entries = Files.list(file.path().resolveSibling(""))) {
      for (var entry : (Iterable<Path>) entries::iterator) {
        var match = pattern.matcher(String.valueOf(entry.getFileName()));
        if (match.matches()) {
          int number = Integer.parseInt(match.group(1));
          if (name(number).equals(match.group())) {
            found.put(number, entry);
          }
        }
      }
    }
    return found;
  }

  @Override
  public Set<String> taken(Set<String> ids) throws IOException {
    var taken = new HashSet<String>();
    if (Files.exists(file.path())) {
      format.read(file.path(), row -> addIf(ids, format.id(row), taken));
    }
    var before = Optional.ofNullable(numbered().lastEntry());
    if (taken.size() < ids.size() && before.isPresent()) {
      // It was renamed just before the end.
      format.read(before.get().getValue(), row -> addIf(ids, format.id(row), taken));
    }
    return taken;
  }

  private static void addIf(Set<String> wanted, String id, Set<String> to) {
    if (wanted.contains(id)) {
      to.add(id);
    }
  }

  @Override
  public SinkStatus status() {
    return new SinkStatus(String.valueOf(file.path().getFileName()), written.get(), 0, 0, 0);
  }

  @Override
  public void close() {
    // Each batch was forced to disk when it was written.
  }
}
