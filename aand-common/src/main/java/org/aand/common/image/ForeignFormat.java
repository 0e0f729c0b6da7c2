package org.aand.common.image;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Names image formats that are not read, so that a refusal can say what a file is. */
final class ForeignFormat {
  private static final int BRAND = 8;

  private ForeignFormat() {}

  /**
   * What a file is.
   *
   * @param head its first bytes
   * @return with its article, such as {@code a WebP image}; empty if it is none that is known
   */
  static Optional<String> of(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("RIFF") && text.startsWith("WEBP", BRAND)) {
      return Optional.of("a WebP image");
    }
    if (text.startsWith("ftyp", 4) && text.length() >= BRAND + 4) {
      return ofBrand(text.substring(BRAND, BRAND + 4));
    }
    if (text.startsWith("8BPS")) {
      return Optional.of("a Photoshop image");
    }
    if (text.startsWith("%PDF")) {
      return Optional.of("a PDF document");
    }
    if (text.startsWith("\0\0\0\fjP  ") || text.startsWith("\u00ffO\u00ffQ")) {
      return Optional.of("a JPEG 2000 image");
    }
    if (text.startsWith("\0\0\0\fJXL ") || text.startsWith("\u00ff\n")) {
      return Optional.of("a JPEG XL image");
    }
    if (text.startsWith("v/1\1")) {
      return Optional.of("an OpenEXR image");
    }
    if (text.startsWith("<svg") || (text.startsWith("<?xml") && text.contains("svg"))) {
      return Optional.of("an SVG drawing");
    }
    if (text.startsWith("Pf\n") || text.startsWith("PF\n") || text.startsWith("P7\n")) {
      return Optional.of("a PFM or PAM image");
    }
    return Optional.empty();
  }

  /** The brand of a file in ISO's base media format. */
  private static Optional<String> ofBrand(String brand) {
    return switch (brand) {
      case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1" ->
          Optional.of("a HEIC image");
      case "avif", "avis" -> Optional.of("an AVIF image");
      default -> Optional.empty();
    };
  }
}
