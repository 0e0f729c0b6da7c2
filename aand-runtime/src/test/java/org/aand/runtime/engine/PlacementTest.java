package org.aand.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.aand.runtime.kernel.ArrayRows;
import org.aand.runtime.kernel.Workers;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private record Fake(
      String name,
      List<Value> inputs,
      Value output,
      int inPlace,
      int temporary,
      boolean readsPacked,
      boolean writesPacked)
      implements Operation {
    @Override
    public boolean readsPacked(int input) {
      return readsPacked;
    }

    @Override
    public Step bind(List<Place> in, Place out, Buffer buffer, Workers workers) {
      return images -> {};
    }
  }

  private static Value value(Random random, int index) {
    return new Value(index, 1 + random.nextInt(9), 4, 64 << random.nextInt(4));
  }

  @Test
  void nothingIsOverwrittenBeforeItsLastUse() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      List<Value> values = new ArrayList<>(List.of(value(random, 0)));
      List<Operation> operations = new ArrayList<>();
      int count = 1 + random.nextInt(30);
      for (int i = 1; i <= count; i++) {
        List<Value> inputs = new ArrayList<>();
        for (int k = random.nextInt(3); k >= 0; k--) {
          inputs.add(values.get(Math.max(0, values.size() - 1 - random.nextInt(5))));
        }
        int inPlace = random.nextInt(inputs.size() + 1) - 1;
        Value like = inputs.get(Math.max(0, inPlace));
        Value output =
            random.nextBoolean()
                ? value(random, i)
                : new Value(i, like.height(), like.width(), like.channels());
        int temporary = random.nextInt(3) * 1000;
        boolean reads = random.nextInt(4) > 0;
        operations.add(
            new Fake("", inputs, output, inPlace, temporary, reads, random.nextInt(4) > 0));
        values.add(output);
      }
      List<Value> outputs = List.of(values.get(count), values.get(1 + random.nextInt(count)));
      check(new Placement(values.get(0), operations, outputs), values.get(0), operations, outputs);
    }
  }

  /** Runs the operations: who has written last to an array owns it. */
  private static void check(
      Placement placement, Value input, List<Operation> operations, List<Value> outputs) {
    Map<Buffer, Value> owners = new HashMap<>();
    owners.put(placement.placeOf(input).buffer(), input);
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      Place output = placement.placeOf(operation.output());
      Buffer temporary = placement.temporary(i);
      assertTrue(temporary.size() >= operation.temporary());
      assertTrue(operation.temporary() == 0 || temporary != output.buffer());
      for (int k = 0; k < operation.inputs().size(); k++) {
        Value value = operation.inputs().get(k);
        Place place = placement.placeOf(value);
        assertEquals(value, owners.get(place.buffer()), "an input that was overwritten");
        assertTrue(operation.temporary() == 0 || temporary != place.buffer());
        assertTrue(operation.readsPacked(k) || !place.packed());
        if (k == operation.inPlace() && place.buffer() == output.buffer()) {
          assertEquals(place.packed(), output.packed(), "another layout in the same place");
        } else {
          assertNotSame(place.buffer(), output.buffer());
        }
      }
      assertTrue(operation.writesPacked() || !output.packed());
      int size = operation.output().size();
      int locations = operation.output().locations();
      assertTrue(
          output.buffer().size()
              >= (output.packed()
                  ? ArrayRows.packedSize(locations, operation.output().channels())
                  : size));
      if (operation.temporary() > 0) {
        owners.remove(temporary);
      }
      owners.put(output.buffer(), operation.output());
    }
    for (Value output : outputs) {
      assertEquals(output, owners.get(placement.placeOf(output).buffer()));
      assertFalse(placement.placeOf(output).packed());
    }
  }

  @Test
  void aChainTakesTwoArrays() {
    List<Operation> chain = new ArrayList<>();
    Value x = new Value(0, 4, 4, 8);
    List<Value> values = new ArrayList<>(List.of(x));
    for (int i = 1; i < 9; i++) {
      Value y = new Value(i, 4, 4, 8);
      chain.add(new Fake("", List.of(values.get(i - 1)), y, -1, 0, false, false));
      values.add(y);
    }
    Placement placement = new Placement(x, chain, List.of(values.get(8)));
    assertEquals(2, placement.buffers().stream().filter(buffer -> buffer.size() > 0).count());
    assertSame(placement.placeOf(x).buffer(), placement.placeOf(values.get(2)).buffer());
  }
}
