package org.aand.cli;

import org.aand.common.InputException;
import org.aand.pipeline.Recipe;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A recipe on the command line. */
final class RecipeOption implements ITypeConverter<Recipe> {
  @Override
  public Recipe convert(String value) {
    try {
      return Recipe.named(value);
    } catch (InputException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
