package org.aand.io.variation;

import java.util.Arrays;
import java.util.List;
import org.aand.common.heatmap.Heatmap;
import org.aand.common.heatmap.Png;
import org.aand.common.image.Resize;
import org.aand.common.image.RgbImage;

/** Small images in rows on one sheet. */
public final class ContactSheet {
  /** Longer side of an image on the sheet, in pixels. */
  private static final int SIDE = 160;

  private static final int GAP = 6;
  private static final byte WHITE = (byte) 255;

  private ContactSheet() {}

  /**
   * Draws the sheet.
   *
   * @param rows of images, which are all of one size; equally many in each row
   * @throws IllegalArgumentException if there is no image
   */
  public static Png of(List<List<RgbImage>> rows) {
    if (rows.isEmpty() || rows.get(0).isEmpty()) {
      throw new IllegalArgumentException("a contact sheet without images");
    }
    var first = rows.get(0).get(0);
    double scale = Math.min(1, (double) SIDE / Math.max(first.width(), first.height()));
    int width = Math.max(1, (int) Math.round(scale * first.width()));
    int height = Math.max(1, (int) Math.round(scale * first.height()));
    int sheetWidth = rows.get(0).size() * (width + GAP) + GAP;
    int sheetHeight = rows.size() * (height + GAP) + GAP;
    byte[] sheet = new byte[3 * sheetWidth * sheetHeight];
    Arrays.fill(sheet, WHITE);
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.get(row).size(); column++) {
        byte[] small = Resize.BILINEAR.apply(rows.get(row).get(column), width, height).pixels();
        int left = GAP + column * (width + GAP);
        int top = GAP + row * (height + GAP);
        for (int y = 0; y < height; y++) {
          System.arraycopy(
              small, 3 * y * width, sheet, 3 * ((top + y) * sheetWidth + left), 3 * width);
        }
      }
    }
    return Heatmap.image(sheet, sheetWidth, sheetHeight);
  }
}
