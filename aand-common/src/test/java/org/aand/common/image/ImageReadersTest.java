package org.aand.common.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.junit.jupiter.api.Test;

/** Which reader reads a file does not depend on what else is on the class path. */
class ImageReadersTest {
  private static final Set<ImageFormat> JAVAS = Set.of(ImageFormat.PNG, ImageFormat.GIF);

  @Test
  void eachFormatHasItsReaderWhateverElseIsInstalled() throws IOException {
    var intruder = new Intruder();
    var registry = IIORegistry.getDefaultInstance();
    registry.registerServiceProvider(intruder, ImageReaderSpi.class);
    try {
      registry
          .getServiceProviders(ImageReaderSpi.class, spi -> spi != intruder, false)
          .forEachRemaining(other -> registry.setOrdering(ImageReaderSpi.class, intruder, other));
      for (var format : ImageFormat.values()) {
        assertFirst(intruder, format);
        var reader = ImageReaders.open(format);
        var expected = JAVAS.contains(format) ? "com.sun.imageio" : "com.twelvemonkeys.imageio";
        var name = reader.getClass().getName();
        reader.dispose();
        assertEquals(expected, name.substring(0, expected.length()), format.toString());
      }
    } finally {
      registry.deregisterServiceProvider(intruder, ImageReaderSpi.class);
    }
  }

  /** That ImageIO itself would have taken the intruder, or the test would show nothing. */
  private static void assertFirst(Intruder intruder, ImageFormat format) {
    var name = format.name().toLowerCase(Locale.ROOT);
    var first =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                ImageReaderSpi.class,
                spi -> List.of(((ImageReaderSpi) spi).getFormatNames()).contains(name),
                true)
            .next();
    assertSame(intruder, first);
  }

  private static final class Intruder extends ImageReaderSpi {
    Intruder() {
      super(
          "nobody",
          "1",
          new String[] {"png", "jpeg", "bmp", "tiff", "bigtiff", "gif", "pnm"},
          null,
          null,
          "none",
          STANDARD_INPUT_TYPE,
          null,
          false,
          null,
          null,
          null,
          null,
          false,
          null,
          null,
          null,
          null);
    }

    @Override
    public boolean canDecodeInput(Object source) {
      return true;
    }

    @Override
    public ImageReader createReaderInstance(Object extension) throws IOException {
      throw new IOException("nothing is to be read with this");
    }

    @Override
    public String getDescription(Locale locale) {
      return "a reader that another library brought";
    }
  }
}
