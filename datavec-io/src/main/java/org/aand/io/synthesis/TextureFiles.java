package org.aand.io.synthesis;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.aand.common.InputException;
import org.aand.common.image.RgbImage;

/**
 * Textures in image files, decoded and resized ({@link BilinearResize}) on first use and kept in
 * memory, the least recently used ones given up beyond a bound.
 */
public final class TextureFiles implements TextureSource {
  /** Enough for 1300 textures of 256x256. */
  public static final long DEFAULT_CACHE_BYTES = 256L << 20;

  private final List<Path> files;
  private final Function<Path, RgbImage> reader;
  private final int width;
  private final int height;
  private final int cacheSize;
  private final Map<Integer, RgbImage> cache = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param files the texture images; their order is part of what a seed stands for, so sort them
   * @param reader decodes one file, throwing {@link InputException} if it cannot; called from
   *     several threads
   * @param width of the textures handed out, in pixels
   * @param height of the textures handed out, in pixels
   * @param cacheBytes upper bound of the memory for decoded textures; at least one is kept
   * @throws InputException if there are no files
   */
  public TextureFiles(
      List<Path> files, Function<Path, RgbImage> reader, int width, int height, long cacheBytes) {
    if (files.isEmpty()) {
      throw new InputException(
          "no texture images found; give a folder that holds some, or none to use generated ones");
    }
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("textures of " + width + "x" + height);
    }
    this.files = List.copyOf(files);
    this.reader = reader;
    this.width = width;
    this.height = height;
    this.cacheSize =
        (int) Math.max(1, Math.min(Integer.MAX_VALUE, cacheBytes / (3L * width * height)));
  }

  @Override
  public int count() {
    return files.size();
  }

  @Override
  public RgbImage get(int index) {
    synchronized (cache) {
      var cached = cache.get(index);
      if (cached != null) {
        return cached;
      }
    }
    // Decoded outside the lock: two threads may decode one file, but none waits for another's.
    var texture = BilinearResize.resize(reader.apply(files.get(index)), width, height);
    synchronized (cache) {
      cache.put(index, texture);
      var oldest = cache.keySet().iterator();
      while (cache.size() > cacheSize) {
        oldest.next();
        oldest.remove();
      }
    }
    return texture;
  }
}
