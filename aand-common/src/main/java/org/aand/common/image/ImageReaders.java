package org.aand.common.image;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.pnm.PNMImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The one reader of each format.
 *
 * <p>Asked for a format, ImageIO gives whichever of the installed readers comes first, and other
 * libraries on the class path install theirs; two readers need not agree on a damaged file, nor on
 * the pixels of a whole one. So the reader is named: Java's own for PNG and GIF, TwelveMonkeys' for
 * the others.
 */
final class ImageReaders {
  private static final String JAVAS = "com.sun.imageio.plugins.";
  private static final Map<ImageFormat, ImageReaderSpi> PROVIDERS = providers();

  private ImageReaders() {}

  /** A new reader, which its user disposes of. */
  static ImageReader open(ImageFormat format) throws IOException {
    var provider = PROVIDERS.get(format);
    if (provider == null) {
      throw new IllegalStateException("no reader for " + format);
    }
    return provider.createReaderInstance();
  }

  private static Map<ImageFormat, ImageReaderSpi> providers() {
    var registry = IIORegistry.getDefaultInstance();
    var providers = new EnumMap<ImageFormat, ImageReaderSpi>(ImageFormat.class);
    javas(registry, "png.PNGImageReaderSpi", ImageFormat.PNG, providers);
    javas(registry, "gif.GIFImageReaderSpi", ImageFormat.GIF, providers);
    providers.put(
        ImageFormat.JPEG, registered(registry, JPEGImageReaderSpi.class, JPEGImageReaderSpi::new));
    providers.put(
        ImageFormat.BMP, registered(registry, BMPImageReaderSpi.class, BMPImageReaderSpi::new));
    providers.put(
        ImageFormat.TIFF, registered(registry, TIFFImageReaderSpi.class, TIFFImageReaderSpi::new));
    providers.put(
        ImageFormat.BIGTIFF,
        registered(registry, BigTIFFImageReaderSpi.class, BigTIFFImageReaderSpi::new));
    providers.put(
        ImageFormat.PNM, registered(registry, PNMImageReaderSpi.class, PNMImageReaderSpi::new));
    return providers;
  }

  /** Java does not export the classes of its own providers, but registers them. */
  private static void javas(
      IIORegistry registry,
      String name,
      ImageFormat format,
      Map<ImageFormat, ImageReaderSpi> providers) {
    var found =
        registry.getServiceProviders(
            ImageReaderSpi.class, spi -> spi.getClass().getName().equals(JAVAS + name), false);
    if (found.hasNext()) {
      providers.put(format, found.next());
    }
  }

  /**
   * The provider under its class; registered here where an application server or Maven started
   * ImageIO before this class path was there. TwelveMonkeys' JPEG reader stands on Java's, which it
   * looks up when it is registered.
   */
  private static <T extends ImageReaderSpi> ImageReaderSpi registered(
      IIORegistry registry, Class<T> type, Supplier<T> make) {
    var installed = registry.getServiceProviderByClass(type);
    if (installed != null) {
      return installed;
    }
    var provider = make.get();
    registry.registerServiceProvider(provider, ImageReaderSpi.class);
    return provider;
  }
}
