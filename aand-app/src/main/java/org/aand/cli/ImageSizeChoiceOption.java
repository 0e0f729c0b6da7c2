package org.aand.cli;

import org.aand.pipeline.ImageSizeChoice;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@link ImageSizeChoice#parse} reads, on the command line. */
final class ImageSizeChoiceOption implements ITypeConverter<ImageSizeChoice> {
  @Override
  public ImageSizeChoice convert(String value) {
    try {
      return ImageSizeChoice.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
