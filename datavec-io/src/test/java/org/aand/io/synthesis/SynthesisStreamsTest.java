package org.aand.io.synthesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Set;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

class SynthesisStreamsTest {
  private static final int BATCH = 16;
  private static final int WORKERS = SynthesisStreams.WORKERS;

  @Test
  void normallyEverySampleOfEveryEpochHasItsOwnAugmenters() {
    var streams = streams(false);
    Set<Long> seen = new HashSet<>();
    for (int epoch = 0; epoch < 3; epoch++) {
      for (int position = 0; position < 209; position++) {
        seen.add(streams.augmentation(epoch, 208 - position, position).nextLong());
        seen.add(streams.sample(epoch, 208 - position).nextLong());
      }
    }
    assertEquals(3 * 209 * 2, seen.size());
    assertEquals(
        streams.augmentation(1, 5, 17).nextLong(),
        streams.augmentation(1, 5, 99).nextLong(),
        "the order of the epoch has no influence");
  }

  @Test
  void theReleasedCodesWorkersRepeatTheirAugmentersInEveryEpoch() {
    var streams = streams(true);
    Set<Long> seen = new HashSet<>();
    for (int position = 0; position < 10 * WORKERS * BATCH; position++) {
      long drawn = streams.augmentation(0, position, position).nextLong();
      seen.add(drawn);
      assertEquals(drawn, streams.augmentation(7, 3, position).nextLong());
      int firstWorkers = position % BATCH + position / (WORKERS * BATCH) * WORKERS * BATCH;
      assertEquals(drawn, streams.augmentation(0, 0, firstWorkers).nextLong());
    }
    assertEquals(10 * BATCH, seen.size());
  }

  @Test
  void theRestOfASampleStillDiffersBetweenEpochs() {
    var streams = streams(true);
    Set<Long> seen = new HashSet<>();
    for (int epoch = 0; epoch < 50; epoch++) {
      seen.add(streams.sample(epoch, 3).nextLong());
    }
    assertEquals(50, seen.size());
  }

  @Test
  void aBatchHoldsAtLeastOneSample() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new SynthesisStreams(new RandomStreams(1), new SynthesisSettings(), 0));
  }

  private static SynthesisStreams streams(boolean repeat) {
    return new SynthesisStreams(
        new RandomStreams(1),
        new SynthesisSettings().withRepeatAugmentationPerEpoch(repeat),
        BATCH);
  }
}
