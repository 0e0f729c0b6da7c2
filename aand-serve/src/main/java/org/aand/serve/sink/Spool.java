package org.aand.serve.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.aand.common.file.AppendFile;

/**
 * Lines that wait on disk, first in first out, in numbered files of which the first is deleted when
 * it was read to its end. How far it was read is in a file of its own; where that was lost, the
 * first file is read again. Bounded: the oldest files go when there is no room. Safe to use from
 * many threads.
 */
final class Spool {
  private static final int FILES = 8;
  private static final long MAX_FILE = 1 << 20;
  private static final int CHUNK = 1 << 16;
  private static final Pattern NAME = Pattern.compile("([0-9]{12})\\.jsonl");

  private final Path folder;
  private final long maxBytes;
  private final Deque<Segment> segments = new ArrayDeque<>();

  /** Bytes of the first file that were read. */
  private long readBytes;

  private long waiting;

  /** One of the files. */
  private static final class Segment {
    private final long number;
    private final AppendFile file;
    private long lines;
    private long bytes;

    Segment(long number, Path folder) {
      this.number = number;
      file = new AppendFile(folder.resolve(String.format(Locale.ROOT, "%012d.jsonl", number)));
    }
  }

  /**
   * The first lines.
   *
   * @param lines without their ends
   * @param segment number of the file they are in
   * @param end where they end in it
   */
  record Batch(List<String> lines, long segment, long end) {}

  private Spool(Path folder, long maxBytes) {
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  /** Opens a spool with what waits in it. */
  static Spool open(Path folder, long maxBytes) throws IOException {
    Files.createDirectories(folder);
    var spool = new Spool(folder, maxBytes);
    try (var entries = Files.list(folder)) {
      for (var entry : entries.sorted().toList()) {
        var match = NAME.matcher(String.valueOf(entry.getFileName()));
        if (match.matches()) {
          spool.segments.add(spool.existing(Long.parseLong(match.group(1))));
        }
      }
    }
    spool.findPosition();
    return spool;
  }

  private Segment existing(long number) throws IOException {
    var segment = new Segment(number, folder);
    segment.bytes = RowFormat.JSON_LINES.read(segment.file.path(), line -> segment.lines++);
    segment.file.cut(segment.bytes);
    waiting += segment.lines;
    return segment;
  }

  private Path position() {
    return folder.resolve("position");
  }

  private void findPosition() throws IOException {
    var first = segments.peekFirst();
    if (first == null || !Files.exists(position())) {
      return;
    }
    var parts = Files.readString(position(), StandardCharsets.US_ASCII).strip().split(" ", 2);
    if (parts.length == 2
        && parts[0].matches("[0-9]{1,18}")
        && parts[1].matches("[0-9]{1,18}")
        && Long.parseLong(parts[0]) == first.number
        && Long.parseLong(parts[1]) <= first.bytes) {
      readBytes = Long.parseLong(parts[1]);
      waiting -= linesRead(first);
    }
  }

  private long linesRead(Segment first) throws IOException {
    long lines = 0;
    long at = 0;
    while (at < readBytes) {
      var batch = read(first, at, readBytes, Integer.MAX_VALUE);
      lines += batch.lines().size();
      at = batch.end();
    }
    return lines;
  }

  /** How many lines wait. */
  synchronized long waiting() {
    return waiting;
  }

  /**
   * Adds lines at the end, forced to disk.
   *
   * @return how many of the oldest lines were dropped to make room
   * @throws IOException if they are not added
   */
  synchronized long append(List<String> lines) throws IOException {
    byte[] piece = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    var last = segments.peekLast();
    if (last == null || last.bytes >= Math.min(MAX_FILE, maxBytes / FILES)) {
      last = new Segment(last == null ? newest() + 1 : last.number + 1, folder);
      segments.add(last);
    }
    last.file.append(piece);
    last.bytes += piece.length;
    last.lines += lines.size();
    waiting += lines.size();
    return dropOldest();
  }

  /** Numbers go on after a file that was read and deleted. */
  private long newest() throws IOException {
    if (!Files.exists(position())) {
      return 0;
    }
    var number = Files.readString(position(), StandardCharsets.US_ASCII).strip().split(" ", 2)[0];
    return number.matches("[0-9]{1,12}") ? Long.parseLong(number) : 0;
  }

  private long dropOldest() throws IOException {
    long dropped = 0;
    while (segments.size() > 1
        && segments.stream().mapToLong(segment -> segment.bytes).sum() > maxBytes) {
      var first = segments.getFirst();
      dropped += first.lines - linesRead(first);
      removeFirst();
    }
    waiting -= dropped;
    return dropped;
  }

  private void removeFirst() throws IOException {
    Files.deleteIfExists(segments.getFirst().file.path());
    segments.removeFirst();
    readBytes = 0;
  }

  /** The first lines, at most so many; none if nothing waits. They stay until they are removed. */
  synchronized Batch peek(int most) throws IOException {
    var first = segments.peekFirst();
    return first == null || readBytes == first.bytes
        ? new Batch(List.of(), 0, 0)
        : read(first, readBytes, first.bytes, most);
  }

  private static Batch read(Segment segment, long from, long to, int most) throws IOException {
    try (var channel = FileChannel.open(segment.file.path(), StandardOpenOption.READ)) {
      for (long size = Math.min(CHUNK, to - from); ; size = Math.min(2 * size, to - from)) {
        byte[] chunk = new byte[Math.toIntExact(size)];
        var buffer = ByteBuffer.wrap(chunk);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {}
        if (buffer.hasRemaining()) {
          throw new IOException(segment.file.path() + " has become shorter");
        }
        var lines = new ArrayList<String>();
        int begin = 0;
        for (int i = 0; i < chunk.length && lines.size() < most; i++) {
          if (chunk[i] == '\n') {
            lines.add(new String(chunk, begin, i - begin, StandardCharsets.UTF_8));
            begin = i + 1;
          }
        }
        if (!lines.isEmpty()) {
          return new Batch(lines, segment.number, from + begin);
        }
        if (size == to - from) {
          throw new IOException(segment.file.path() + " is damaged");
        }
      }
    }
  }

  /** Removes lines that were read; nothing if they were dropped meanwhile. */
  synchronized void remove(Batch batch) throws IOException {
    var first = segments.peekFirst();
    if (first == null || first.number != batch.segment()) {
      return;
    }
    readBytes = batch.end();
    waiting -= batch.lines().size();
    byte[] text =
        String.format(Locale.ROOT, "%012d %012d\n", first.number, readBytes)
            .getBytes(StandardCharsets.US_ASCII);
    // In place and of one length, so that a process that is killed leaves the one or the other.
    try (var channel =
        FileChannel.open(position(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(text), 0);
    }
    if (readBytes == first.bytes) {
      removeFirst();
    }
  }
}
