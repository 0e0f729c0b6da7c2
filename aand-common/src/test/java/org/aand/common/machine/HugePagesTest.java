package org.aand.common.machine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Linux says of its memory, in files of another root. */
class HugePagesTest {
  private static final long MB = 1 << 20;

  @TempDir private Path root;

  /** 10 pages of 2 MB and 5 pieces of 4 MB in two zones, and much in small pieces. */
  @BeforeEach
  void twoZones() throws IOException {
    write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
    write("sys/kernel/mm/transparent_hugepage/hpage_pmd_size", "2097152\n");
    write(
        "proc/buddyinfo",
        """
        Node 0, zone    DMA32      2      3      0      2      3      2      1      4      4      8      2
        Node 0, zone   Normal  91345  92301  93574  99705  97873  95508  93311  91545  98000      2      3
        """);
  }

  private void write(String file, String text) throws IOException {
    var path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void countsWhatIsFreeInPiecesOfAPageAndMore() {
    assertTrue(HugePages.areFree(root, 40 * MB));
    assertFalse(HugePages.areFree(root, 40 * MB + 1));
  }

  @Test
  void areNotAskedForWhereTheSystemGivesNone() throws IOException {
    write("sys/kernel/mm/transparent_hugepage/enabled", "always madvise [never]\n");
    assertFalse(HugePages.areFree(root, MB));
  }

  @Test
  void ofAnotherSizeWouldTakeMoreMemoryThanTheyHold() throws IOException {
    write("sys/kernel/mm/transparent_hugepage/hpage_pmd_size", "536870912\n");
    assertFalse(HugePages.areFree(root, MB));
  }

  @Test
  void aSystemThatDoesNotTellHasNone() throws IOException {
    write("proc/buddyinfo", "Node 0, zone Normal 1 2 3 4 5 6 7 8 9 many\n");
    assertFalse(HugePages.areFree(root, MB));
    Files.delete(root.resolve("proc/buddyinfo"));
    assertFalse(HugePages.areFree(root, MB));
  }
}
