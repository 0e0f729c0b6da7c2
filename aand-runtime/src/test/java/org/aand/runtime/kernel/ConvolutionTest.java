package org.aand.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.aand.runtime.kernel.ConvolutionKernel.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConvolutionTest {
  private static final int IMAGES = 3;

  private static void check(ConvolutionShape s, Method method, Random random, double tolerance) {
    int in = s.height() * s.width() * s.inChannels();
    int out = s.outHeight() * s.outWidth() * s.outChannels();
    float[] x = Reference.random(random, IMAGES * in);
    float[] kernel = Reference.weights(random, s.depth() * s.outChannels(), s.depth());
    float[] bias = random.nextBoolean() ? Reference.random(random, s.outChannels()) : null;
    float[] residual = random.nextBoolean() ? Reference.random(random, IMAGES * out) : null;
    Activation f = List.of(Activation.values()).get(random.nextInt(4));
    double[] expected = Reference.convolution(s, IMAGES, x, kernel);
    Reference.finish(expected, s.outChannels(), bias, residual, f);

    Convolution convolution = new Convolution(ConvolutionKernel.of(s, method, kernel, bias), f);
    float[] y = new float[IMAGES * out + 2];
    float[] alone = new float[out];
    int n = s.outChannels();
    try (Workers two = new Workers(2);
        Workers one = new Workers(1)) {
      ArrayRows added = residual == null ? null : ArrayRows.of(residual, 0, n);
      int c = s.inChannels();
      convolution.run(two, IMAGES, ArrayRows.of(x, 0, c), ArrayRows.of(y, 2, n), added);
      assertEquals(0, Reference.error(expected, y, 2), tolerance, method + " " + s + " " + f);
      for (int i = 0; i < IMAGES; i++) {
        added = residual == null ? null : ArrayRows.of(residual, i * out, n);
        convolution.run(one, 1, ArrayRows.of(x, i * in, c), ArrayRows.of(alone, 0, n), added);
        assertArrayEquals(Arrays.copyOfRange(y, 2 + i * out, 2 + (i + 1) * out), alone);
      }
      if (ArrayRows.canBePacked()) {
        checkLayouts(s, method, convolution, two, x, residual, Arrays.copyOfRange(y, 2, y.length));
      }
    }
  }

  @Test
  void aMethodCountsTheProductsOfItsPatches() {
    ConvolutionShape even = ConvolutionShape.of(8, 8, 3, 5, 3, 1, 1);
    assertEquals(even.operations(), Method.DIRECT.operations(even));
    assertEquals(even.operations() * 16 / 36, Method.WINOGRAD_2.operations(even), 1e-6);
    assertEquals(even.operations() * 36 / 144, Method.WINOGRAD_4_BY_PANEL.operations(even), 1e-6);
    ConvolutionShape halved = ConvolutionShape.of(8, 8, 3, 5, 3, 2, 1);
    assertEquals(halved.operations() * 25 / 36, Method.WINOGRAD_STRIDED.operations(halved), 1e-6);
    // 3 x 3 patches, of which the last ones stand out by half.
    ConvolutionShape odd = ConvolutionShape.of(5, 5, 3, 5, 3, 1, 1);
    assertEquals(2.0 * 16 * 9 * 3 * 5, Method.WINOGRAD_2.operations(odd), 1e-6);
  }

  private static void checkLayouts(
      ConvolutionShape s,
      Method method,
      Convolution convolution,
      Workers workers,
      float[] x,
      float @Nullable [] residual,
      float[] expected) {
    int pixels = IMAGES * s.height() * s.width();
    int outPixels = IMAGES * s.outHeight() * s.outWidth();
    int n = s.outChannels();
    ArrayRows plain = ArrayRows.of(x, 0, s.inChannels());
    ArrayRows packed = Reference.packed(x, pixels, s.inChannels());
    boolean any = Convolution.readsAnyLayout(s, method);
    ArrayRows from = any ? packed : plain;
    ArrayRows to = Reference.packed(new float[expected.length], outPixels, n);
    convolution.run(
        workers, IMAGES, from, to, residual == null ? null : ArrayRows.of(residual, 0, n));
    assertArrayEquals(expected, Reference.plain(to, outPixels, n));
    if (residual != null) {
      ArrayRows added = Reference.packed(residual, outPixels, n);
      float[] y = new float[expected.length];
      convolution.run(workers, IMAGES, from, ArrayRows.of(y, 0, n), added);
      assertArrayEquals(expected, y);
      convolution.run(workers, IMAGES, from, added, added);
      assertArrayEquals(expected, Reference.plain(added, outPixels, n));
    }
    if (!any) {
      assertThrows(
          IllegalArgumentException.class,
          () -> convolution.run(workers, IMAGES, packed, to),
          "a patch of packed pixels");
    }
  }

  @Test
  void directAgreesWithDoublePrecision() {
    Random random = new Random(4);
    int[][] kernels = {{1, 1, 0}, {1, 2, 0}, {3, 1, 1}, {3, 2, 1}, {7, 2, 3}, {3, 1, 0}, {5, 1, 2}};
    for (int round = 0; round < 42; round++) {
      int[] k = kernels[round % kernels.length];
      int channels = k[0] == 7 ? 3 : 1 + random.nextInt(40);
      check(
          ConvolutionShape.of(
              k[0] + random.nextInt(12),
              k[0] + random.nextInt(12),
              channels,
              1 + random.nextInt(50),
              k[0],
              k[1],
              k[2]),
          Method.DIRECT,
          random,
          2e-6);
    }
    check(new ConvolutionShape(1, 9, 5, 4, 1, 3, 1, 2), Method.DIRECT, random, 2e-6);
  }

  private static ConvolutionShape threeByThree(Random random, int round, int stride) {
    return ConvolutionShape.of(
        1 + random.nextInt(13),
        1 + random.nextInt(13),
        round % 5 == 0 ? 257 + random.nextInt(40) : 1 + random.nextInt(40),
        1 + random.nextInt(70),
        3,
        stride,
        1);
  }

  @Test
  void winogradAgreesWithDoublePrecision() {
    Random random = new Random(5);
    for (int round = 0; round < 30; round++) {
      ConvolutionShape shape = threeByThree(random, round, 1);
      check(shape, Method.WINOGRAD_2, random, 3e-6);
      check(shape, Method.WINOGRAD_2_BY_PANEL, random, 3e-6);
      check(shape, Method.WINOGRAD_4, random, 2e-5);
      check(shape, Method.WINOGRAD_4_BY_PANEL, random, 2e-5);
    }
  }

  @Test
  void stridedWinogradAgreesWithDoublePrecision() {
    Random random = new Random(9);
    for (int round = 0; round < 30; round++) {
      check(threeByThree(random, round, 2), Method.WINOGRAD_STRIDED, random, 3e-6);
    }
  }

  // One image alone is computed in steps too, or in parts; both have to agree with the batch.
  @Test
  void manyPatchesAndALargeKernelAreComputedInSteps() {
    Random random = new Random(11);
    checkInSteps(ConvolutionShape.of(20, 20, 200, 200, 3, 1, 1), Method.WINOGRAD_2, true, random);
    checkInSteps(ConvolutionShape.of(10, 10, 270, 170, 3, 1, 1), Method.WINOGRAD_2, false, random);
    checkInSteps(ConvolutionShape.of(19, 17, 150, 180, 3, 1, 1), Method.WINOGRAD_4, false, random);
  }

  // More patches than are transformed together, so many that tasks share a panel, and more channels
  // than are summed at a time: the direct way is no more exact for so many.
  @Test
  void aLargeKernelIsTransformedPanelByPanel() {
    Random random = new Random(12);
    check(ConvolutionShape.of(34, 35, 40, 24, 3, 1, 1), Method.WINOGRAD_2_BY_PANEL, random, 5e-6);
    check(ConvolutionShape.of(23, 21, 270, 40, 3, 2, 1), Method.WINOGRAD_STRIDED, random, 5e-6);
    check(ConvolutionShape.of(9, 8, 290, 150, 3, 1, 1), Method.WINOGRAD_2_BY_PANEL, random, 5e-6);
    check(ConvolutionShape.of(47, 46, 130, 70, 3, 1, 1), Method.WINOGRAD_4_BY_PANEL, random, 2e-5);
  }

  // Channels out in several blocks of a packed map.
  @Test
  void manyChannelsOut() {
    Random random = new Random(13);
    for (int out : new int[] {300, 600}) {
      check(ConvolutionShape.of(7, 9, 30, out, 1, 1, 0), Method.DIRECT, random, 3e-6);
      check(ConvolutionShape.of(7, 9, 30, out, 3, 1, 1), Method.WINOGRAD_2, random, 3e-6);
      check(ConvolutionShape.of(7, 9, 30, out, 3, 1, 1), Method.WINOGRAD_4, random, 2e-5);
      check(ConvolutionShape.of(7, 9, 30, out, 3, 1, 1), Method.WINOGRAD_2_BY_PANEL, random, 3e-6);
      check(ConvolutionShape.of(7, 9, 30, out, 3, 1, 1), Method.WINOGRAD_4_BY_PANEL, random, 2e-5);
      check(ConvolutionShape.of(7, 9, 30, out, 3, 2, 1), Method.WINOGRAD_STRIDED, random, 3e-6);
    }
  }

  private static void checkInSteps(
      ConvolutionShape shape, Method method, boolean alone, Random random) {
    int m = method.scheme().outputs();
    int patches = ((shape.outHeight() + m - 1) / m) * ((shape.outWidth() + m - 1) / m);
    assertTrue(Winograd.stepsPay(method.scheme(), shape, IMAGES * patches));
    assertEquals(alone, Winograd.stepsPay(method.scheme(), shape, patches));
    check(shape, method, random, method == Method.WINOGRAD_4 ? 2e-5 : 3e-6);
  }

  @Test
  void writesSomeChannelsOfAWiderMap() {
    Random random = new Random(6);
    try (Workers workers = new Workers(2)) {
      for (Method method : Method.values()) {
        int stride = method == Method.WINOGRAD_STRIDED ? 2 : 1;
        ConvolutionShape s = ConvolutionShape.of(6 * stride, 7 * stride, 8, 16, 3, stride, 1);
        float[] x = Reference.random(random, 6 * 7 * stride * stride * 8);
        float[] kernel = Reference.random(random, s.depth() * 16);
        Convolution c =
            new Convolution(ConvolutionKernel.of(s, method, kernel, null), Activation.NONE);
        float[] y = new float[6 * 7 * 16];
        c.run(workers, 1, ArrayRows.of(x, 0, 8), ArrayRows.of(y, 0, 16));
        float[] wide = new float[6 * 7 * 20];
        c.run(workers, 1, ArrayRows.of(x, 0, 8), ArrayRows.of(wide, 4, 20));
        for (int i = 0; i < 42; i++) {
          assertArrayEquals(
              Arrays.copyOfRange(y, i * 16, i * 16 + 16),
              Arrays.copyOfRange(wide, i * 20 + 4, i * 20 + 20));
          assertEquals(0, wide[i * 20]);
        }
      }
    }
  }

  @Test
  void transposedAgreesWithDoublePrecision() {
    Random random = new Random(7);
    try (Workers two = new Workers(2);
        Workers one = new Workers(1)) {
      for (int round = 0; round < 20; round++) {
        int h = 1 + random.nextInt(9);
        int w = 1 + random.nextInt(9);
        int in = 1 + random.nextInt(round % 4 == 0 ? 300 : 40);
        int out = 1 + random.nextInt(round % 3 == 0 ? 90 : round % 7 == 0 ? 600 : 20);
        float[] x = Reference.random(random, 2 * h * w * in);
        float[] kernel = Reference.random(random, 4 * out * in);
        float[] bias = Reference.random(random, out);
        double[] expected = new double[2 * 4 * h * w * out];
        for (int p = 0; p < 2 * h * w; p++) {
          for (int place = 0; place < 4; place++) {
            int line = p / w * 2 + place / 2;
            int pixel = line * 2 * w + p % w * 2 + place % 2;
            for (int o = 0; o < out; o++) {
              for (int i = 0; i < in; i++) {
                expected[pixel * out + o] +=
                    (double) x[p * in + i] * kernel[(place * out + o) * in + i];
              }
            }
          }
        }
        Reference.finish(expected, out, bias, null, Activation.RELU);
        TransposedConvolution t =
            new TransposedConvolution(
                h, w, TransposedConvolution.pack(kernel, in, out, bias), Activation.RELU);
        float[] y = new float[expected.length];
        t.run(two, 2, ArrayRows.of(x, 0, in), ArrayRows.of(y, 0, out));
        assertEquals(0, Reference.error(expected, y, 0), 2e-6);
        float[] alone = new float[y.length / 2];
        t.run(one, 1, ArrayRows.of(x, h * w * in, in), ArrayRows.of(alone, 0, out));
        assertArrayEquals(Arrays.copyOfRange(y, y.length / 2, y.length), alone);
        if (ArrayRows.canBePacked()) {
          ArrayRows to = Reference.packed(new float[y.length], 8 * h * w, out);
          t.run(two, 2, Reference.packed(x, 2 * h * w, in), to);
          assertArrayEquals(y, Reference.plain(to, 8 * h * w, out));
        }
      }
    }
  }

  @Test
  void methodFollowsTheShape() {
    assertEquals(Method.WINOGRAD_4, method(64, 64, 3, 1));
    assertEquals(Method.WINOGRAD_4, method(16, 512, 3, 1));
    assertEquals(Method.WINOGRAD_2, method(8, 512, 3, 1));
    assertEquals(Method.DIRECT, method(2, 512, 3, 1));
    assertEquals(Method.DIRECT, method(64, 3, 3, 1));
    assertEquals(byPanel(Method.WINOGRAD_STRIDED, Method.DIRECT), method(64, 64, 3, 2));
    assertEquals(Method.DIRECT, method(4, 64, 3, 2));
    assertEquals(Method.DIRECT, method(64, 8, 3, 1));
    assertEquals(Method.DIRECT, method(64, 64, 1, 1));
  }

  @Test
  void aKernelThatIsTooLargeIsNotTransformedThatWay() {
    ConvolutionShape shape = ConvolutionShape.of(16, 16, 512, 512, 3, 1, 1);
    assertEquals(Method.WINOGRAD_4, ConvolutionKernel.bestFor(shape, 36L * 4 * 512 * 512));
    assertEquals(
        byPanel(Method.WINOGRAD_4_BY_PANEL, Method.WINOGRAD_2),
        ConvolutionKernel.bestFor(shape, 36L * 4 * 512 * 512 - 1));
    assertEquals(
        byPanel(Method.WINOGRAD_4_BY_PANEL, Method.DIRECT),
        ConvolutionKernel.bestFor(shape, 16L * 4 * 512 * 512 - 1));
    ConvolutionShape small = ConvolutionShape.of(8, 8, 1024, 1024, 3, 1, 1);
    assertEquals(
        byPanel(Method.WINOGRAD_2_BY_PANEL, Method.DIRECT), ConvolutionKernel.bestFor(small, 0));
  }

  // The first one only where a panel is narrow.
  private static Method byPanel(Method method, Method otherwise) {
    return ConvolutionKernel.isTransformedByPanel() ? method : otherwise;
  }

  private static Method method(int side, int channels, int kernel, int stride) {
    return ConvolutionKernel.bestFor(
        ConvolutionShape.of(side, side, channels, channels, kernel, stride, kernel / 2));
  }

  @Test
  void refusesWhatDoesNotFit() {
    ConvolutionShape strided = ConvolutionShape.of(8, 8, 1, 1, 3, 2, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> ConvolutionKernel.of(strided, Method.WINOGRAD_2, new float[9], null));
    assertThrows(
        IllegalArgumentException.class, () -> ConvolutionKernel.of(strided, new float[8], null));
    PackedMatrix matrix = PackedMatrix.of(new float[9], 0, 9, 1, null);
    assertThrows(
        IllegalArgumentException.class,
        () -> ConvolutionKernel.packed(strided, Method.WINOGRAD_2_BY_PANEL, matrix));
    ConvolutionShape plain = ConvolutionShape.of(8, 8, 1, 1, 3, 1, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> ConvolutionKernel.packed(plain, Method.WINOGRAD_2, matrix));
    assertThrows(IllegalArgumentException.class, () -> ConvolutionShape.of(2, 2, 1, 1, 7, 2, 0));
  }
}
