package org.aand.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.aand.common.file.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParameterStreamTest {
  private static final int CHUNK = 1 << 18;

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void givesTheBytesAndTheirDigestWhateverTheLength() throws Exception {
    for (int length : new int[] {0, 1, 1000, CHUNK - 1, CHUNK, 10 * CHUNK, 10 * CHUNK + 7}) {
      byte[] bytes = random(length);
      var digest = Sha256.newDigest();
      try (var stream = new ParameterStream(new ByteArrayInputStream(bytes), digest)) {
        byte[] head = stream.readNBytes(Math.min(length, 3));
        assertArrayEquals(Arrays.copyOf(bytes, head.length), head);
        assertArrayEquals(
            Arrays.copyOfRange(bytes, head.length, length), stream.readAllBytes(), "" + length);
        assertEquals(-1, stream.read());
      }
      assertEquals(Sha256.sha256(bytes), HexFormat.of().formatHex(digest.digest()));
    }
  }

  @Test
  void whatTheStreamThrowsComesBehindTheChunksBefore() throws Exception {
    byte[] bytes = random(2 * CHUNK);
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("torn");
          }
        };
    var in = new SequenceInputStream(new ByteArrayInputStream(bytes), broken);
    try (var stream = new ParameterStream(in, Sha256.newDigest())) {
      assertArrayEquals(bytes, stream.readNBytes(bytes.length));
      assertEquals("torn", assertThrows(IOException.class, stream::read).getMessage());
      assertEquals("torn", assertThrows(IOException.class, stream::read).getMessage());
    }
  }

  @Test
  void readsOnlySoFarAheadAndNoMoreOnceItIsClosed() throws Exception {
    var count = new AtomicLong();
    var endless =
        new InputStream() {
          @Override
          public int read() {
            count.incrementAndGet();
            return 1;
          }
        };
    var stream = new ParameterStream(endless, Sha256.newDigest());
    assertEquals(1, stream.read());
    stream.close();
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("aand-reading")));
    assertTrue(count.get() <= 9 * CHUNK, count + " bytes");
  }
}
