package org.aand.golden;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every golden value of the reference implementation, compared with this implementation.
 *
 * <p>A few cases come with the project. The folder of all comes from the system property {@code
 * aand.goldens}; where it is absent that test is skipped.
 */
class GoldenTest {
  /** Which check serves a case: the first whose key begins the case's name. */
  private static final Map<String, GoldenCheck> CHECKS = checks();

  private static Map<String, GoldenCheck> checks() {
    var checks = new LinkedHashMap<String, GoldenCheck>();
    checks.put("prng", new PrngGolden());
    checks.put("posenc", new PositionalEncodingGolden());
    checks.put("ops", OpsGolden::check);
    checks.put("raa_", RaaGolden::check);
    checks.put("losses", LossesGolden::check);
    for (var size : List.of("reduced64", "reduced256", "full64", "full256")) {
      checks.put(size + "_eval", EvalGolden::check);
      checks.put(size + "_stage1", Stage1Golden::check);
      checks.put(size + "_stage2", Stage2Golden::check);
    }
    checks.put("foreground", new ForegroundGolden());
    checks.put("preprocess", new PreprocessGolden());
    checks.put("perlin", PerlinGolden::check);
    checks.put("synthesis", SynthesisGolden::check);
    checks.put("augment", AugmentGolden::check);
    checks.put("metrics", new MetricsGolden());
    return checks;
  }

  /** A small set that every clone has. */
  @TestFactory
  Stream<DynamicTest> theCasesOfTheProject() throws IOException {
    return tests(Path.of("src", "test", "goldens"));
  }

  @TestFactory
  Stream<DynamicTest> everyGoldenCase() throws IOException {
    Path folder = Path.of(System.getProperty("aand.goldens", "../shared/reference/goldens"));
    assumeTrue(Files.isDirectory(folder), "skipped: no golden values at " + folder);
    return tests(folder);
  }

  private static Stream<DynamicTest> tests(Path folder) throws IOException {
    List<String> cases;
    try (var files = Files.list(folder)) {
      cases =
          files
              .map(f -> f.getFileName().toString())
              .filter(f -> f.endsWith(".npz"))
              .map(f -> f.substring(0, f.length() - ".npz".length()))
              .sorted()
              .toList();
    }
    assertFalse(cases.isEmpty(), "no golden values in " + folder);
    return cases.stream().map(name -> DynamicTest.dynamicTest(name, () -> run(folder, name)));
  }

  private static void run(Path folder, String name) throws Exception {
    var check =
        CHECKS.entrySet().stream()
            .filter(e -> name.startsWith(e.getKey()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no check for the golden case " + name))
            .getValue();
    var golden = GoldenCase.read(folder, name);
    check.check(golden);
    System.out.println(golden.finish());
  }
}
