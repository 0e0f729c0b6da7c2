package org.aand.common.image;

import java.util.Optional;

/**
 * Tells whether a GIF file is whole up to its first frame. The JDK's reader fills up what a cut-off
 * frame lacks, so that a damaged image would pass for a dark one.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>CompuServe. Graphics Interchange Format, version 89a, sections 17 to 26.
 * </ol>
 */
final class GifBlocks {
  private static final int SCREEN = 6;
  private static final int SCREEN_END = 13;
  private static final int FRAME = 0x2C;
  private static final int EXTENSION = 0x21;
  private static final int FRAME_LENGTH = 10;

  /** A code of 12 bits stands for at most so many pixels: 4096 for each 12 bits. */
  private static final long MOST_PACKED = 2731;

  private GifBlocks() {}

  /**
   * Walks through the blocks to the end of the first frame.
   *
   * @param gif a file that begins with GIF's signature
   * @return what is wrong with it; empty if its first frame is whole and fills the screen
   */
  static Optional<String> problem(byte[] gif) {
    int at = gif.length < SCREEN_END ? gif.length : SCREEN_END + tableLength(gif[SCREEN + 4]);
    while (at < gif.length && gif[at] == EXTENSION) {
      at = end(gif, at + 2);
    }
    if (at >= gif.length) {
      return Optional.of("the file ends before its first frame");
    }
    if (gif[at] != FRAME) {
      return Optional.of("there is no frame where one should be");
    }
    if (at + FRAME_LENGTH >= gif.length) {
      return Optional.of("the file ends within its first frame");
    }
    long width = number(gif, at + 5);
    long height = number(gif, at + 7);
    boolean whole =
        number(gif, at + 1) == 0
            && number(gif, at + 3) == 0
            && width == number(gif, SCREEN)
            && height == number(gif, SCREEN + 2);
    int data = at + FRAME_LENGTH + tableLength(gif[at + FRAME_LENGTH - 1]) + 1;
    int end = end(gif, data);
    if (end > gif.length) {
      return Optional.of("the file ends within its first frame");
    }
    if (width * height > MOST_PACKED * (end - data)) {
      return Optional.of(
          (end - data)
              + " bytes of data cannot hold the "
              + width
              + "x"
              + height
              + " pixels declared");
    }
    return whole ? Optional.empty() : Optional.of("its first frame covers a part of it only");
  }

  /** Where the data blocks that begin at a place end; past the file if they do not. */
  private static int end(byte[] gif, int from) {
    int at = from;
    while (at < gif.length && gif[at] != 0) {
      at += 1 + (gif[at] & 0xFF);
    }
    return at + 1;
  }

  private static int tableLength(byte flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private static int number(byte[] gif, int at) {
    return (gif[at] & 0xFF) | (gif[at + 1] & 0xFF) << 8;
  }
}
