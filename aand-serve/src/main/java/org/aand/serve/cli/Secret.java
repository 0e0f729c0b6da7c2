package org.aand.serve.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;

/**
 * A password or the like, which a file or the environment has: other users see what a command line
 * has.
 */
final class Secret {
  private Secret() {}

  /**
   * The first line of the file, or else the variable unless it is empty.
   *
   * @throws InputException if the file cannot be read or has nothing in its first line
   */
  static Optional<String> of(Optional<Path> file, String variable) {
    return file.map(Secret::firstLine)
        .or(() -> Optional.ofNullable(System.getenv(variable)).filter(text -> !text.isEmpty()));
  }

  private static String firstLine(Path file) {
    try (var lines = Files.newBufferedReader(file)) {
      var line = lines.readLine();
      if (line != null && !line.isEmpty()) {
        return line;
      }
    } catch (IOException e) {
      throw new InputException("cannot read the secret in " + file + ": " + IoReason.of(e), e);
    }
    throw new InputException("there is no secret in the first line of " + file);
  }
}
