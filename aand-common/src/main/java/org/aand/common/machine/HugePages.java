package org.aand.common.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Whether Linux can hand out memory in pages of 2 MB. A process that asks for them gets its memory
 * with a small part of the work, as long as the system has such pages free; where its free memory
 * is in small pieces, it first makes them, which costs more than they save.
 */
public final class HugePages {
  private static final Path ROOT = Path.of("/");
  private static final String SETTINGS = "sys/kernel/mm/transparent_hugepage/";
  private static final long SIZE = 2 << 20;

  /**
   * A piece of the list of free memory has {@code 4096 << order} bytes; this is the huge page's.
   */
  private static final int ORDER = 9;

  /** Where the counts of a zone begin: {@code Node 0, zone Normal 12 7 ...}. */
  private static final int FIRST_COUNT = 4;

  private HugePages() {}

  /**
   * Whether so much memory is free in huge pages that are given to who asks.
   *
   * @param bytes more than the process will need
   * @return false where the system does not tell
   */
  public static boolean areFree(long bytes) {
    return areFree(ROOT, bytes);
  }

  static boolean areFree(Path root, long bytes) {
    try {
      var settings = root.resolve(SETTINGS);
      var enabled = read(settings.resolve("enabled"));
      return (enabled.contains("[madvise]") || enabled.contains("[always]"))
          && Long.parseLong(read(settings.resolve("hpage_pmd_size")).strip()) == SIZE
          && read(root.resolve("proc/buddyinfo")).lines().mapToLong(HugePages::inZone).sum()
              >= bytes;
    } catch (IOException | NumberFormatException e) {
      // Another system, or one that keeps it to itself.
      return false;
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.US_ASCII);
  }

  private static long inZone(String line) {
    var words = line.strip().split("\\s+", -1);
    return IntStream.range(FIRST_COUNT + ORDER, words.length)
        .mapToLong(i -> Long.parseLong(words[i]) * (SIZE << (i - FIRST_COUNT - ORDER)))
        .sum();
  }
}
