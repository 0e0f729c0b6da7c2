package org.aand.pipeline;

import org.aand.report.Protocol;

/** What the protocols are called on the command line and in experiments. */
public final class ProtocolNames {
  private ProtocolNames() {}

  /** The name of a protocol: last-epoch, held-out or official. */
  public static String of(Protocol protocol) {
    return switch (protocol) {
      case LAST_EPOCH -> "last-epoch";
      case HELD_OUT_NORMAL -> "held-out";
      case BEST_ON_TEST -> "official";
    };
  }

  /**
   * The protocol of a name.
   *
   * @throws IllegalArgumentException naming those that there are
   */
  public static Protocol parse(String name) {
    for (var protocol : Protocol.values()) {
      if (of(protocol).equals(name) || protocol.key().equals(name)) {
        return protocol;
      }
    }
    throw new IllegalArgumentException(
        "unknown protocol " + name + "; there are last-epoch, held-out, official");
  }
}
