package org.aand.common.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class RandomStreamsTest {
  @Test
  void theSameSeedNameAndIndicesRepeat() {
    var a = new RandomStreams(7).stream("synthesis", 3, 11);
    var b = new RandomStreams(7).stream("synthesis", 3, 11);
    for (int i = 0; i < 100; i++) {
      assertEquals(a.nextLong(), b.nextLong());
    }
  }

  @Test
  void anyOtherSeedNameOrIndexGivesAnotherStream() {
    long first = new RandomStreams(7).stream("synthesis", 3, 11).nextLong();
    assertNotEquals(first, new RandomStreams(8).stream("synthesis", 3, 11).nextLong());
    assertNotEquals(first, new RandomStreams(7).stream("shuffle", 3, 11).nextLong());
    assertNotEquals(first, new RandomStreams(7).stream("synthesis", 11, 3).nextLong());
    assertNotEquals(first, new RandomStreams(7).stream("synthesis", 3).nextLong());
  }

  @Test
  void uniformDrawsAreUniform() {
    var random = new RandomStreams(1).stream("uniform");
    double sum = 0;
    int n = 100_000;
    for (int i = 0; i < n; i++) {
      sum += random.nextDouble();
    }
    assertEquals(0.5, sum / n, 5 * Math.sqrt(1 / 12.0 / n));
  }
}
