package org.aand.serve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What somebody may have meant. */
class SuggestionTest {
  @Test
  void suggestionsAreNearOrNone() {
    var names = List.of("train", "predict", "serve");
    assertEquals(Optional.of("predict"), Suggestion.nearest("perdict", names));
    assertEquals(Optional.of("serve"), Suggestion.nearest("server", names));
    assertEquals(Optional.empty(), Suggestion.nearest("delete", names));
    assertEquals(0, Suggestion.distance("train", "train"));
    assertEquals(1, Suggestion.distance("trian", "train"));
    assertEquals(3, Suggestion.distance("kitten", "sitting"));
    assertEquals(4, Suggestion.distance("", "four"));
  }
}
