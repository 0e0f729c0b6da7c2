package org.aand.common.image;

import java.nio.file.Path;
import java.util.List;
import org.aand.common.InputException;

/**
 * Reads ground-truth masks: 0 where normal, anything else where anomalous.
 *
 * <ul>
 *   <li>Of colours, the strongest channel counts, so that no colour but black is normal; of more
 *       than 8 bits, no value but 0 becomes 0.
 *   <li>A mask that was coded as JPEG, itself or before it became a PNG, has noise around its
 *       edges. It is anomalous above half brightness, see {@link CodedMask}.
 *   <li>What may be meant otherwise is refused: a mask drawn in its transparency, one to be turned
 *       by its EXIF orientation, and one without any 0 that has several values.
 * </ul>
 */
public final class MaskFile {
  private MaskFile() {}

  /**
   * Reads a mask that may come in parts.
   *
   * @param files at least one; all of one size
   * @return {@code [height, width]}, 0 where all parts are normal, else the greatest value of them
   * @throws InputException if one cannot be used
   */
  public static GrayImage read(List<Path> files) {
    GrayImage merged = read(files.get(0));
    for (Path file : files.subList(1, files.size())) {
      GrayImage part = read(file);
      if (part.width() != merged.width() || part.height() != merged.height()) {
        throw new InputException(
            "the masks "
                + files.get(0)
                + " and "
                + file
                + " are parts of one but not of one size: "
                + size(merged)
                + " and "
                + size(part)
                + " pixels");
      }
      for (int i = 0; i < part.pixels().length; i++) {
        merged.pixels()[i] = (byte) Math.max(merged.pixels()[i] & 0xFF, part.pixels()[i] & 0xFF);
      }
    }
    return merged;
  }

  /**
   * Reads a mask.
   *
   * @return {@code [height, width]}, 0 where normal
   * @throws InputException if it cannot be used
   */
  public static GrayImage read(Path file) {
    var stored = StoredImage.read(file);
    if (stored.orientation() != Orientation.UPRIGHT) {
      throw new InputException(
          "the mask "
              + file
              + " is to be turned by its EXIF orientation, though masks are taken as they are"
              + " stored; store it upright and without that tag");
    }
    var values = stored.values(StoredPixels::strongest);
    if (isDrawnInTransparency(values.pixels(), stored.values(StoredPixels::opacity).pixels())) {
      throw new InputException(
          "the mask "
              + file
              + " is drawn in its transparency, which is not read; flatten it: black where normal,"
              + " white where anomalous, without transparency");
    }
    var coded = CodedMask.of(values, stored.lossy());
    var result = coded.isPresent() ? coded.get().binary(file.toString()) : values;
    requireNormal(result, file);
    return result;
  }

  /** Whether what is transparent and what is black are not the same. */
  private static boolean isDrawnInTransparency(byte[] values, byte[] opacity) {
    boolean varies = false;
    boolean black = false;
    for (int i = 0; i < opacity.length; i++) {
      varies |= opacity[i] != opacity[0];
      black |= values[i] == 0;
    }
    if (!varies && opacity[0] != 0) {
      return false;
    }
    boolean allOpaque = true;
    boolean same = true;
    for (int i = 0; i < opacity.length; i++) {
      allOpaque &= opacity[i] != 0;
      same &= (opacity[i] != 0) == (values[i] != 0);
    }
    return allOpaque ? !black : !same;
  }

  private static void requireNormal(GrayImage mask, Path file) {
    int least = 255;
    int most = 0;
    for (byte value : mask.pixels()) {
      least = Math.min(least, value & 0xFF);
      most = Math.max(most, value & 0xFF);
    }
    if (least > 0 && least < most) {
      throw new InputException(
          "the mask "
              + file
              + " has values from "
              + least
              + " to "
              + most
              + " but no 0, so all of it would be anomalous; store 0 where normal");
    }
  }

  private static String size(GrayImage mask) {
    return mask.width() + "x" + mask.height();
  }
}
