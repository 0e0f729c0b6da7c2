package org.aand.serve.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.aand.common.file.AppendFile;

/**
 * Results that the other side does not want, in a file with the reason for each: JSON lines with
 * {@code refused} (when), {@code reason} and {@code result}. Bounded: the file before the last one
 * is kept too, older ones are not.
 */
final class DeadLetters {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_FILE = 16 << 20;
  private static final String NAME = "refused.jsonl";

  private final AppendFile file;

  DeadLetters(Path folder) {
    file = new AppendFile(folder.resolve(NAME));
  }

  /** Where they are. */
  Path path() {
    return file.path();
  }

  private static JsonNode json(String result) {
    try {
      return JSON.readTree(result);
    } catch (JsonProcessingException e) {
      // Damaged on disk; that may be why it was refused.
      return TextNode.valueOf(result);
    }
  }

  /** Puts a result aside. */
  void add(String result, String reason) throws IOException {
    var line =
        JsonNodeFactory.instance
            .objectNode()
            .put("refused", Instant.now().toString())
            .put("reason", reason)
            .set("result", json(result))
            .toString();
    if (file.length() > MAX_FILE) {
      Files.move(
          file.path(),
          file.path().resolveSibling("refused.before.jsonl"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    file.append((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
