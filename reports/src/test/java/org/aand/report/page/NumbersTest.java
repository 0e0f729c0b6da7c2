package org.aand.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void smallAndLargeNumbersStayReadable() {
    assertEquals("0.0002", Numbers.significant(0.005 * 0.2 * 0.2, 6));
    assertEquals("0", Numbers.significant(0, 3));
    assertEquals("1200", Numbers.significant(1200.4, 3));
    assertEquals("1.4E-9", Numbers.significant(1.4e-9, 3));
    assertEquals("-3.25", Numbers.significant(-3.25, 4));
  }

  @Test
  void scoresShowFourDigitsOfTheLargest() {
    assertEquals(4, Numbers.decimals(0.52));
    assertEquals(3, Numbers.decimals(3.2));
    assertEquals(0, Numbers.decimals(54321));
    assertEquals(3, Numbers.decimals(0));
  }

  @Test
  void timesAndSizesHaveAUnitOfTheirOrder() {
    assertEquals("4.5 s", Numbers.duration(Duration.ofMillis(4500)));
    assertEquals("44 min 15 s", Numbers.duration(Duration.ofSeconds(2655)));
    assertEquals("3 h 2 min", Numbers.duration(Duration.ofSeconds(3 * 3600 + 125)));
    assertEquals("512 MiB", Numbers.bytes(512L << 20));
    assertEquals("2.50 GiB", Numbers.bytes(5L << 29));
  }

  @Test
  void oneIsSingular() {
    assertEquals("1 image", Numbers.count(1, "image", "images"));
    assertEquals("0 images", Numbers.count(0, "image", "images"));
  }
}
