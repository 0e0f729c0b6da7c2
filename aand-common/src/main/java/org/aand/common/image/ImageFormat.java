package org.aand.common.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The file formats that are read, recognised by their first bytes.
 *
 * <p>WebP is not among them: TwelveMonkeys 3.12.0, the one reader of it in Java that needs no
 * native library, decodes lossy files up to 125 grey levels away from what Google's own decoder
 * gives.
 */
@SuppressWarnings("ImmutableEnumChecker") // nobody else holds the arrays
public enum ImageFormat {
  /** Portable Network Graphics. */
  PNG(List.of("png"), new int[] {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}),
  /** JPEG, baseline or progressive. */
  JPEG(List.of("jpg", "jpeg", "jpe", "jfif"), new int[] {0xFF, 0xD8, 0xFF}),
  /** Windows bitmap. */
  BMP(List.of("bmp", "dib"), new int[] {'B', 'M'}),
  /** TIFF; the first page is read. */
  TIFF(List.of("tif", "tiff"), new int[] {'I', 'I', 42, 0}, new int[] {'M', 'M', 0, 42}),
  /** TIFF with 64-bit offsets; the first page is read. */
  BIGTIFF(List.of("tf8", "btf"), new int[] {'I', 'I', 43, 0}, new int[] {'M', 'M', 0, 43}),
  /** GIF; the first frame is read. */
  GIF(List.of("gif"), new int[] {'G', 'I', 'F', '8'}),
  /** Netpbm's bitmaps, greymaps and pixmaps, plain or raw. */
  PNM(
      List.of("pnm", "pbm", "pgm", "ppm"),
      new int[] {'P', '1'},
      new int[] {'P', '2'},
      new int[] {'P', '3'},
      new int[] {'P', '4'},
      new int[] {'P', '5'},
      new int[] {'P', '6'}) {
    @Override
    boolean begins(byte[] encoded) {
      return super.begins(encoded)
          && encoded.length > 2
          && (Character.isWhitespace(encoded[2]) || encoded[2] == '#');
    }
  };

  /** What a list of the formats reads like, for messages. */
  static final String NAMES = "PNG, JPEG, BMP, TIFF, GIF or PNM";

  private static final int HEAD = 64;

  private final List<String> endings;
  private final int[][] signatures;

  ImageFormat(List<String> endings, int[]... signatures) {
    this.endings = endings;
    this.signatures = signatures;
  }

  /**
   * The format of a file.
   *
   * @param encoded its bytes, or the first of them
   * @return empty if it is none that is read
   */
  public static Optional<ImageFormat> of(byte[] encoded) {
    return Arrays.stream(values()).filter(format -> format.begins(encoded)).findFirst();
  }

  /** How names of such files usually end, without the dot. */
  public String ending() {
    return endings.get(0);
  }

  /** The media type that browsers and servers know it by. */
  public String mediaType() {
    return switch (this) {
      case PNG -> "image/png";
      case JPEG -> "image/jpeg";
      case BMP -> "image/bmp";
      case TIFF, BIGTIFF -> "image/tiff";
      case GIF -> "image/gif";
      case PNM -> "image/x-portable-anymap";
    };
  }

  /** Whether a file's name ends as those of a format that is read, in upper or lower case. */
  public static boolean isNamedLikeOne(String fileName) {
    String ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).anyMatch(format -> format.endings.contains(ending));
  }

  /**
   * Why a file is no image that can be read, as far as its first bytes tell.
   *
   * @param file its name does not matter
   * @return completes a sentence that begins with the file, and says what to do; empty if its first
   *     bytes are those of a format that is read
   */
  public static Optional<String> refusal(Path file) {
    if (!Files.isRegularFile(file)) {
      // A pipe would be waited for.
      return Optional.of(
          Files.exists(file) ? "is no regular file" : "is a link that leads to no file; remove it");
    }
    try (var in = Files.newInputStream(file)) {
      return refusal(in.readNBytes(HEAD));
    } catch (IOException e) {
      return Optional.of("cannot be read (" + e + ")");
    }
  }

  /** The same of bytes. */
  static Optional<String> refusal(byte[] head) {
    if (head.length == 0) {
      return Optional.of("is empty; replace or remove it");
    }
    if (of(head).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        ForeignFormat.of(head)
            .map(name -> "is " + name + ", which is not read; convert it to PNG")
            .orElse("is not a " + NAMES + " image; convert or remove it"));
  }

  /**
   * What is found wrong with a file before it is decoded, which its reader would not report, or
   * only after allocating what the file declares.
   */
  Optional<String> problem(byte[] encoded) {
    return switch (this) {
      case PNG -> PngChunks.problem(encoded);
      case TIFF, BIGTIFF -> TiffSize.problem(TiffTags.of(encoded, 0), encoded.length);
      case GIF -> GifBlocks.problem(encoded);
      case PNM -> PnmHeader.problem(encoded);
      case JPEG, BMP -> Optional.empty();
    };
  }

  /** Whether the file's coding changes values, as far as its format tells. */
  boolean lossy(byte[] encoded) {
    return switch (this) {
      case JPEG -> true;
      case TIFF, BIGTIFF -> TiffTags.of(encoded, 0).jpegCompressed();
      case PNG, BMP, GIF, PNM -> false;
    };
  }

  boolean begins(byte[] encoded) {
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
