package org.aand.common.image;

import java.util.Optional;

/**
 * Tells whether a Netpbm file has enough data for the pixels that its header declares, which its
 * reader finds out only after allocating them.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>J. Poskanzer and others. Netpbm: pbm(5), pgm(5), ppm(5).
 * </ol>
 */
final class PnmHeader {
  private static final int MOST_DIGITS = 9;

  private final byte[] pnm;
  private int at = 2;

  private PnmHeader(byte[] pnm) {
    this.pnm = pnm;
  }

  /**
   * Reads the header.
   *
   * @param pnm a file that begins with the signature of one
   * @return what is wrong with it; empty if it may be unpacked
   */
  static Optional<String> problem(byte[] pnm) {
    var header = new PnmHeader(pnm);
    char kind = (char) pnm[1];
    boolean bitmap = kind == '1' || kind == '4';
    long width = header.number();
    long height = header.number();
    long most = bitmap ? 1 : header.number();
    if (width < 1 || height < 1 || most < 1 || most > 0xFFFF) {
      return Optional.of("its header is none");
    }
    long channels = kind == '3' || kind == '6' ? 3 : 1;
    double needed =
        switch (kind) {
          case '1' -> (double) width * height;
          case '4' -> (double) (width + 7) / 8 * height;
          // Plain numbers have a digit and a space each.
          case '2', '3' -> 2.0 * width * height * channels - 1;
          default -> (double) width * height * channels * (most > 0xFF ? 2 : 1);
        };
    long left = pnm.length - header.at - (kind >= '4' ? 1L : 0L);
    return Math.floor(needed) > left
        ? Optional.of(
            left + " bytes of data cannot hold the " + width + "x" + height + " pixels declared")
        : Optional.empty();
  }

  /** The next number; -1 if there is none. */
  private long number() {
    skipSpace();
    int from = at;
    long value = 0;
    while (at < pnm.length && at - from < MOST_DIGITS && Character.isDigit(pnm[at])) {
      value = 10 * value + pnm[at++] - '0';
    }
    return at == from ? -1 : value;
  }

  private void skipSpace() {
    while (at < pnm.length && (Character.isWhitespace(pnm[at]) || pnm[at] == '#')) {
      if (pnm[at] == '#') {
        while (at < pnm.length && pnm[at] != '\n' && pnm[at] != '\r') {
          at++;
        }
      } else {
        at++;
      }
    }
  }
}
