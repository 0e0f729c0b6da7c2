package org.aand.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/** What is shown of results that nobody looks at. */
final class Shown {
  static final ShownResult NOTHING =
      new ShownResult(
          new byte[0], new byte[0], Optional.empty(), JsonNodeFactory.instance.objectNode());

  private Shown() {}
}
