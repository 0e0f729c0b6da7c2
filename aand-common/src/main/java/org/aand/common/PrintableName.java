package org.aand.common;

/** A name out of a file as it can be shown in a message: on one line, and not endless. */
public final class PrintableName {
  private static final int LENGTH = 120;

  private PrintableName() {}

  /** The name; characters that control a terminal are replaced, a long one is cut. */
  public static String of(String name) {
    return name.codePointCount(0, name.length()) > LENGTH
        ? line(name.substring(0, name.offsetByCodePoints(0, LENGTH))) + "..."
        : line(name);
  }

  /** Text on one line, as long as it is; characters that control a terminal are replaced. */
  public static String line(String text) {
    var shown = new StringBuilder();
    text.codePoints().map(c -> isPlain(c) ? c : '?').forEach(shown::appendCodePoint);
    return shown.toString();
  }

  private static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
