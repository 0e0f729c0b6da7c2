package org.aand.cli;

import org.aand.common.image.ImageSize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Height and width on the command line, such as {@code 256x512}; {@code 256} is a square. */
final class ImageSizeOption implements ITypeConverter<ImageSize> {
  @Override
  public ImageSize convert(String value) {
    try {
      return ImageSize.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
