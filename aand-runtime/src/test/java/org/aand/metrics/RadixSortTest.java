package org.aand.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

class RadixSortTest {
  @Test
  void sortsLikeTheLibraryWhateverTheRangeOfTheKeys() {
    var sorter = new RadixSort(); // one for all: the scratch is used again
    for (int round = 0; round < 300; round++) {
      var random = new RandomStreams(1).stream("keys", round);
      int bits = random.nextInt(0, 33);
      int base = random.nextInt();
      int[] keys = new int[random.nextInt(0, 400)];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = bits == 32 ? random.nextInt() : base + random.nextInt(1 << Math.min(bits, 30));
      }
      int[] expected = keys.clone();
      Arrays.sort(expected);
      sorter.sort(keys, keys.length);
      assertArrayEquals(expected, keys, "round " + round);
    }
  }

  @Test
  void sortsTheFullRangeOfInts() {
    int[] keys = {0, Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 1, Integer.MAX_VALUE};
    new RadixSort().sort(keys, keys.length);
    assertArrayEquals(
        new int[] {Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE, Integer.MAX_VALUE}, keys);
  }

  @Test
  void carriesThePayloadAndKeepsEqualKeysInOrder() {
    for (int round = 0; round < 100; round++) {
      var random = new RandomStreams(2).stream("payload", round);
      int spread = 1 << random.nextInt(1, 30);
      int[] keys = random.ints(300, -spread, spread).map(k -> k / 3 * 3).toArray();
      int[] original = keys.clone();
      int[] payload = IntStream.range(0, keys.length).toArray();
      new RadixSort().sort(keys, payload, keys.length);
      for (int i = 0; i < keys.length; i++) {
        assertEquals(original[payload[i]], keys[i]);
        assertTrue(
            i == 0
                || keys[i - 1] < keys[i]
                || (keys[i - 1] == keys[i] && payload[i - 1] < payload[i]));
      }
    }
  }

  @Test
  void leavesWhatLiesBehindTheLengthAlone() {
    int[] keys = {3, 1, 2, -7};
    new RadixSort().sort(keys, 3);
    assertArrayEquals(new int[] {1, 2, 3, -7}, keys);
  }
}
