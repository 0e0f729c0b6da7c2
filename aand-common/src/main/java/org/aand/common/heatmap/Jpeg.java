package org.aand.common.heatmap;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/**
 * An image as a JPEG file in memory: for pages of many images, where PNG would be several times as
 * large.
 *
 * @param bytes the file's content; not copied, so whoever hands it over does not write to it
 *     afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // an image is compared by identity
public record Jpeg(byte[] bytes) {
  private static final float QUALITY = 0.85f;

  /** The same image, slightly changed by the compression. */
  public static Jpeg of(Png png) {
    var out = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      BufferedImage buffered = ImageIO.read(new ByteArrayInputStream(png.bytes()));
      var parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(buffered, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return new Jpeg(out.toByteArray());
  }

  /** The image as a {@code data:} address, for a page that stands alone. */
  public String dataUri() {
    return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(bytes);
  }
}
