package org.aand.common;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What a file's name may do to a message. */
class PrintableNameTest {
  @Test
  void staysOnItsLineAndLeavesTheTerminalAlone() {
    assertEquals(
        "new?line ?[31m gr\u00fcn.png", PrintableName.of("new\nline \u001b[31m gr\u00fcn.png"));
    assertEquals("a\ud83d\ude00b", PrintableName.line("a\ud83d\ude00b"));
  }

  @Test
  void isCutWhereItIsOnlyAName() {
    var name = "\ud83d\ude00".repeat(130);
    assertEquals("\ud83d\ude00".repeat(120) + "...", PrintableName.of(name));
    assertEquals(name, PrintableName.line(name));
  }
}
