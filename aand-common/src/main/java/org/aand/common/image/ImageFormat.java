package org.aand.common.image;

import java.util.Arrays;
import java.util.Optional;

/** The file formats that are read, told by their first bytes. */
@SuppressWarnings("ImmutableEnumChecker") // nobody else holds the arrays
enum ImageFormat {
  PNG(new int[] {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}),
  JPEG(new int[] {0xFF, 0xD8, 0xFF}),
  BMP(new int[] {'B', 'M'}),
  TIFF(new int[] {'I', 'I', 42, 0}, new int[] {'M', 'M', 0, 42});

  private final int[][] signatures;

  ImageFormat(int[]... signatures) {
    this.signatures = signatures;
  }

  /**
   * What can be told to be wrong with a file before it is unpacked, which its reader would not tell
   * or only after allocating what the file declares.
   */
  Optional<String> problem(byte[] encoded) {
    return switch (this) {
      case PNG -> PngChunks.problem(encoded);
      case TIFF -> TiffSize.problem(TiffTags.of(encoded, 0), encoded.length);
      case JPEG, BMP -> Optional.empty();
    };
  }

  static Optional<ImageFormat> of(byte[] encoded) {
    return Arrays.stream(values()).filter(format -> format.begins(encoded)).findFirst();
  }

  private boolean begins(byte[] encoded) {
    return Arrays.stream(signatures).anyMatch(signature -> begins(encoded, signature));
  }

  private static boolean begins(byte[] encoded, int[] signature) {
    if (encoded.length < signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if ((encoded[i] & 0xFF) != signature[i]) {
        return false;
      }
    }
    return true;
  }
}
