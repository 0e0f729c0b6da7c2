package org.aand.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What arrives is kept whole, and all that arrives at a time is bounded. */
class UploadBudgetTest {
  private static final int MAX = 200_000;

  @Test
  void bytesComeOutAsTheyCameInHoweverTheyAreCut() {
    var random = new Random(3);
    byte[] sent = new byte[MAX];
    random.nextBytes(sent);
    var budget = new UploadBudget(1, 1, MAX);
    try (var body = budget.open()) {
      for (int at = 0; at < sent.length; ) {
        int n = Math.min(sent.length - at, random.nextInt(70_000));
        body.append(ByteBuffer.wrap(sent, at, n));
        at += n;
      }
      assertArrayEquals(sent, body.take());
    }
    try (var empty = budget.open()) {
      assertEquals(0, empty.take().length);
    }
  }

  @Test
  void manyThatTrickleLeaveRoomForAWholeOne() {
    var budget = new UploadBudget(20, 1, MAX);
    for (int i = 0; i < 19; i++) {
      budget.open().append(ByteBuffer.allocate(10));
    }
    try (var whole = budget.open()) {
      whole.append(ByteBuffer.allocate(MAX));
      assertEquals(MAX, whole.take().length);
    }
  }

  @Test
  void memoryThatIsUsedUpIsARefusalAndComesBackWhenABodyEnds() {
    var budget = new UploadBudget(3, 1, MAX);
    var first = budget.open();
    first.append(ByteBuffer.allocate(MAX));
    var second = budget.open();
    var refused = assertThrows(Refusal.class, () -> second.append(ByteBuffer.allocate(2 * MAX)));
    assertEquals(503, refused.status());
    second.drop();
    first.close();
    first.close();
    second.append(ByteBuffer.allocate(MAX));
    assertEquals(MAX, second.take().length);
  }

  @Test
  void placesComeBackOnce() {
    var budget = new UploadBudget(1, 1, MAX);
    var only = budget.open();
    assertEquals(503, assertThrows(Refusal.class, budget::open).status());
    only.close();
    only.close();
    budget.open();
    assertThrows(Refusal.class, budget::open);
  }
}
