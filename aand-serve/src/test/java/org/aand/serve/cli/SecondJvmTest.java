package org.aand.serve.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the JVM that runs a command has, seen from inside it. */
@Timeout(240)
class SecondJvmTest {
  private static final String WAITING = "OMP_WAIT_POLICY";

  /** A program that prints what it was given. */
  static final class Printer {
    private Printer() {}

    public static void main(String[] arguments) {
      int code =
          SecondJvm.runWith(Printer.class, Set.of("train", "predict"), arguments)
              .orElseGet(
                  () -> {
                    System.out.print(
                        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                            + " "
                            + System.getenv(WAITING)
                            + " "
                            + String.join(" ", arguments));
                    return 7;
                  });
      System.exit(code);
    }
  }

  private static String run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            java, "-cp", System.getProperty("java.class.path"), Printer.class.getName());
    builder.command().addAll(List.of(arguments));
    builder.environment().remove(WAITING);
    builder.environment().remove("AAND_NO_RELAUNCH");
    builder.environment().putAll(environment);
    var process = builder.start();
    var out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(7, process.waitFor(), out);
    return out;
  }

  @Test
  void hasTheModuleAndNativeThreadsThatSleep() throws Exception {
    assertEquals("true PASSIVE train --data x y", run(Map.of(), "train", "--data", "x y"));
  }

  @Test
  void startsEarlyAndSmallButLeavesTheUsersHeapAlone() {
    var usual = SecondJvm.detecting(List.of("-Dx=y"));
    assertTrue(usual.contains("-XX:+UseSerialGC"), usual.toString());
    assertTrue(usual.contains("-Daand.eager=true"), usual.toString());
    for (var own : List.of("-Xmx2g", "-XX:+UseG1GC", "-Xms1g")) {
      var options = SecondJvm.detecting(List.of(own));
      assertTrue(options.stream().noneMatch(o -> o.endsWith("GC") || o.startsWith("-Xm")), own);
      assertTrue(options.stream().noneMatch(o -> o.contains("HugePages")), own);
      assertTrue(options.contains("-Daand.eager=true"), own);
    }
  }

  @Test
  void theHeapBeginsWithWhatTheModelsTake(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("model.aand"), new byte[1 << 20]);
    var file = Files.write(folder.resolve("other.aand"), new byte[2 << 20]).toString();
    var run = folder.toString();
    assertEquals(List.of("-Xms33856k"), heap("predict", "--model", run));
    assertEquals(List.of("-Xms36032k"), heap("serve", "--model=a=" + run, "--model", file));
    assertEquals(List.of(), heap("predict", "--model", run + "x", "\0", "folder="));
  }

  private static List<String> heap(String... arguments) {
    return SecondJvm.detecting(List.of(), arguments).stream()
        .filter(option -> option.startsWith("-Xms"))
        .toList();
  }

  @Test
  void takesTheOptionsForCommandsThatDetectAndPrintsNothingOfThem() throws Exception {
    assertEquals("true PASSIVE predict x", run(Map.of(), "predict", "x"));
  }

  @Test
  void helpNeedsNone() throws Exception {
    assertEquals("false null predict --help", run(Map.of(), "predict", "--help"));
  }

  @Test
  void waitsAsTheUserSays() throws Exception {
    assertEquals("true ACTIVE train", run(Map.of(WAITING, "ACTIVE"), "train"));
  }

  @Test
  void isNotStartedForOtherCommandsOrAgainstTheUsersWill() throws Exception {
    assertEquals("false null inspect", run(Map.of(), "inspect"));
    assertEquals("false null train", run(Map.of("AAND_NO_RELAUNCH", "1"), "train"));
  }
}
