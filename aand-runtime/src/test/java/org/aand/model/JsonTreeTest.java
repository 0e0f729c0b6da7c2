package org.aand.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A mapper reads the same. */
class JsonTreeTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void readsWhatAMapperReads() throws IOException {
    for (var text :
        List.of(
            "{}",
            "[]",
            "",
            " null ",
            "{\"a\": [1, -2.5, 1e300, 12345678901, 123456789012345678901234567890, true, null]}",
            "{\"a\": {\"b\": [[], {}, [{\"c\": \"\\u00e9\\n\"}]]}, \"d\": false}",
            "{\"twice\": 1, \"twice\": \"the last counts\"}",
            "\"text\" and what follows")) {
      assertEquals(
          MAPPER.readTree(text.getBytes(UTF_8)), JsonTree.read(text.getBytes(UTF_8)), text);
    }
  }

  @Test
  void refusesWhatAMapperRefuses() {
    for (var text :
        List.of("{", "[1,", "[1 2]", "{\"a\"}", "{a: 1}", "nul", "]", "[NaN]", "[".repeat(5000))) {
      byte[] bytes = text.getBytes(UTF_8);
      assertThrows(JsonProcessingException.class, () -> MAPPER.readTree(bytes), text);
      assertThrows(JsonProcessingException.class, () -> JsonTree.read(bytes), text);
    }
  }
}
