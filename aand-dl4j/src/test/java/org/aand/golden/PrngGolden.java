package org.aand.golden;

import java.util.HexFormat;

/** The generator of the golden parameters itself. */
final class PrngGolden implements GoldenCheck {
  @Override
  public void check(GoldenCase golden) {
    var generator = golden.generator();
    golden
        .field("keys_hex")
        .properties()
        .forEach(
            entry ->
                golden.scalar(
                    "key of " + entry.getKey(),
                    0,
                    HexFormat.of()
                            .toHexDigits(generator.key(entry.getKey()))
                            .equals(entry.getValue().asText())
                        ? 0
                        : 1,
                    0));
    for (var name : golden.arrayNames()) {
      var kind = name.substring(0, name.indexOf('/'));
      var parameter = name.substring(name.indexOf('/') + 1);
      int count = golden.input(name).values().length;
      golden.compareWithin(
          name,
          switch (kind) {
            case "u01" -> generator.uniform(parameter, count);
            // the stem's fan-out, as the case's note says
            case "sym" -> generator.symmetric(parameter, Math.sqrt(6.0 / (64 * 49)), count);
            default -> throw new AssertionError("unknown array " + name);
          },
          0);
    }
  }
}
