package org.aand.common.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aand.common.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name that Java cannot tell is noticed while listing, before any work. */
class FileNamesTest {
  private final Path folder;

  FileNamesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Runs in a session of its own: lists a folder, or takes words for a path. */
  public static void main(String[] arguments) {
    try {
      if (arguments[0].equals("list")) {
        ImagePaths.below(Path.of(arguments[1]));
      } else if (arguments[0].equals("missing")) {
        System.out.println(FileNames.whyMissing(arguments[1]));
        return;
      } else {
        FileNames.path("gr\u00fcn.png");
      }
      System.out.println("listed");
    } catch (InputException e) {
      System.out.println(e.getMessage());
    }
  }

  @Test
  void aSessionWithoutUtf8IsToldHowToHaveIt() throws Exception {
    shell("touch \"$1/$(printf 'gr\\303\\274n.png')\"");
    var said = inPosix("list", folder.toString());
    assumeTrue(!said.equals("listed"), "this system's POSIX sessions know UTF-8");
    assertTrue(said.contains("set LC_ALL=C.UTF-8"), said);
    assertEquals(1, said.lines().count());
    assertTrue(inPosix("path", "").contains("set LC_ALL=C.UTF-8"));
    assertTrue(inPosix("missing", "gr\u00fcn").contains("set LC_ALL=C.UTF-8"));
    assertEquals("", inPosix("missing", "green"));
  }

  @Test
  void aNameThatIsNotUtf8IsLeftOutAndNamed() throws Exception {
    assumeTrue(System.getProperty("sun.jnu.encoding", "").equals("UTF-8"), "no UTF-8 here");
    shell("touch \"$1/$(printf 'gr\\374n.png')\" && touch \"$1/a.png\"");
    var listing = ImagePaths.below(folder);
    assumeTrue(listing.images().size() < 2, "this file system takes UTF-8 alone");
    assertEquals(List.of(folder.resolve("a.png")), listing.images());
    assertTrue(listing.leftOut().get(0).reason().contains("rename it"));
    assertThrows(InputException.class, () -> ImageFolder.images(folder));
  }

  private void shell(String command) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell here");
    var process = new ProcessBuilder("/bin/sh", "-c", command, "sh", folder.toString()).start();
    assumeTrue(process.waitFor() == 0, "the name is not possible here");
  }

  private static String inPosix(String... arguments) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            java, "-cp", System.getProperty("java.class.path"), FileNamesTest.class.getName());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("LC_ALL", "POSIX");
    builder.redirectErrorStream(true);
    return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .strip();
  }
}
