package org.aand.weights.pickle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.util.List;
import org.aand.weights.pickle.PickleValue.Dictionary;
import org.aand.weights.pickle.PickleValue.None;
import org.aand.weights.pickle.PickleValue.Real;
import org.aand.weights.pickle.PickleValue.Sequence;
import org.aand.weights.pickle.PickleValue.Text;
import org.aand.weights.pickle.PickleValue.Truth;
import org.aand.weights.pickle.PickleValue.Tuple;
import org.aand.weights.pickle.PickleValue.Whole;
import org.junit.jupiter.api.Test;

/** Plain data is read; whatever would run something, or never end, is not. */
class PickleMachineTest {
  @Test
  void plainData() throws Exception {
    assertEquals(new None(), read(PickleWriter.begin().op('N')));
    assertEquals(new Truth(false), read(PickleWriter.begin().truth(false)));
    assertEquals(new Text("größe"), read(PickleWriter.begin().text("größe")));
    assertEquals(new Text("x"), read(PickleWriter.begin().raw('U', 1, 'x')));
    assertEquals(new Real(0.1), read(real(0.1)));
    for (long number : new long[] {0, 255, 256, 65535, 65536, -1, -300, 1L << 31, Long.MIN_VALUE}) {
      assertEquals(new Whole(BigInteger.valueOf(number)), read(PickleWriter.begin().whole(number)));
    }
    assertEquals(new Whole(BigInteger.ZERO), read(PickleWriter.begin().raw(0x8a, 0)));
    var one = new Whole(BigInteger.ONE);
    assertEquals(new Tuple(List.of()), read(PickleWriter.begin().op(')')));
    assertEquals(
        new Tuple(List.of(one, one)), read(PickleWriter.begin().whole(1).whole(1).raw(0x86)));
  }

  private static PickleWriter real(double value) {
    var pickle = PickleWriter.begin().op('G');
    long bits = Double.doubleToLongBits(value);
    for (int shift = 56; shift >= 0; shift -= 8) {
      pickle.raw((int) (bits >> shift) & 0xff);
    }
    return pickle;
  }

  @Test
  void listsAndDictionariesAreFilledAfterwards() throws Exception {
    var list = PickleWriter.begin().op(']').put().mark().whole(1).text("a").op('e');
    assertEquals(
        List.of(new Whole(BigInteger.ONE), new Text("a")), ((Sequence) read(list)).items());
    var dictionary = PickleWriter.begin().op('}').put().mark().text("k").whole(1).whole(2).op('N');
    assertEquals(
        List.of(new Text("k"), new Whole(BigInteger.TWO)),
        List.copyOf(((Dictionary) read(dictionary.op('u'))).entries().keySet()));
    // A list that holds itself.
    var self = (Sequence) read(PickleWriter.begin().op(']').put().raw('h', 0).op('a'));
    assertEquals(1, self.items().size());
    assertTrue(self == self.items().get(0));
  }

  @Test
  void noNameIsKnownUnlessSomebodyKnowsIt() {
    refused("the pickle wants os.system", PickleWriter.begin().name("os", "system"));
    refused("wants builtins.eval", PickleWriter.begin().text("builtins").text("eval").raw(0x93));
    refused("wants a?b.c", PickleWriter.begin().name("a\u001bb", "c"));
  }

  @Test
  void instructionsThatTensorsDoNotNeedAreRefused() {
    for (int instruction :
        new int[] {'i', 'o', 'P', 'I', 'S', 0x82, 0x83, 0x84, 0x92, 0x96, 0xff}) {
      refused(
          String.format(java.util.Locale.ROOT, "the instruction 0x%02x at byte 2", instruction),
          PickleWriter.begin().raw(instruction));
    }
    refused("protocol 0", new PickleWriter().raw(0x80, 0));
    refused("protocol 6", new PickleWriter().raw(0x80, 6));
  }

  @Test
  void callsStatesAndReferencesAreRefused() {
    refused("calls something", PickleWriter.begin().text("os.system").op(')').op('R'));
    refused("calls something", PickleWriter.begin().whole(1).op(')').raw(0x81));
    refused("sets a state", PickleWriter.begin().op('}').op('}').op('b'));
    refused("outside of it", PickleWriter.begin().text("x").op('Q'));
  }

  @Test
  void instructionsThatDoNotFitAreRefused() {
    for (var pickle :
        List.of(
            PickleWriter.begin(),
            PickleWriter.begin().op('t'),
            PickleWriter.begin().op('N').raw(0x87),
            PickleWriter.begin().op('N').op('N').op('a'),
            PickleWriter.begin().op('}').mark().op('N').op('u'),
            PickleWriter.begin().raw('h', 3),
            PickleWriter.begin().raw('q', 0),
            PickleWriter.begin().whole(1).whole(2).raw(0x93),
            PickleWriter.begin().op('N').op('b'))) {
      refused("damaged", pickle);
    }
    refused("no text or integer", PickleWriter.begin().op('}').op(']').op('N').op('s'));
    refused("not UTF-8", PickleWriter.begin().op('X').little(1, 4).raw(0xff));
  }

  @Test
  void declaredLengthsAreNotBelieved() {
    refused("ends too early", PickleWriter.begin().op('X').little(0xffffffffL, 4));
    refused("ends too early", PickleWriter.begin().raw(0x8d).little(Long.MAX_VALUE, 8));
    refused("ends too early", PickleWriter.begin().raw(0x8d).little(-1, 8));
    refused("ends too early", PickleWriter.begin().raw(0x8a, 200, 1));
    refused("longer than 512", PickleWriter.begin().name("a".repeat(600), "b"));
  }

  @Test
  void picklesThatNeverEndAreRefused() {
    refused("nested more than", filled('('));
    refused("more than 300000 instructions", filled(')'));
    var ends = PickleWriter.begin().end();
    var open = List.of(ends, new byte[0]);
    for (byte[] cut : open) {
      assertThrows(PickleException.class, () -> read(cut));
    }
  }

  private static PickleWriter filled(char instruction) {
    var pickle = PickleWriter.begin();
    for (int i = 0; i < 300_001; i++) {
      pickle.op(instruction);
    }
    return pickle;
  }

  private static void refused(String reason, PickleWriter pickle) {
    byte[] bytes = pickle.end();
    var message =
        String.valueOf(assertThrows(PickleException.class, () -> read(bytes)).getMessage());
    assertTrue(message.contains(reason), message);
    assertEquals(1, message.lines().count());
  }

  private static PickleValue read(PickleWriter pickle) throws Exception {
    return read(pickle.end());
  }

  private static PickleValue read(byte[] pickle) throws Exception {
    var input = new PickleInput(new ByteArrayInputStream(pickle), pickle.length);
    var value = PickleMachine.read(input, PickleNames.NONE);
    assertEquals(pickle.length, input.position());
    return value;
  }
}
