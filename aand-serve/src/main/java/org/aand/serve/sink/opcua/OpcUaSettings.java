package org.aand.serve.sink.opcua;

import java.nio.file.Path;
import java.util.Optional;
import org.aand.serve.sink.Login;

/**
 * How the OPC UA server is reached, and by whom.
 *
 * @param host address to bind to
 * @param port TCP port, 1 to 65535
 * @param certificates folder of certificates, made if it is not there
 * @param insecure whether clients may connect without signing and encryption, too
 * @param anonymous whether clients may read without a user's name
 * @param login the user who may read, if there is one
 */
public record OpcUaSettings(
    String host,
    int port,
    Path certificates,
    boolean insecure,
    boolean anonymous,
    Optional<Login> login) {
  /** The port that is registered for OPC UA. */
  public static final int USUAL_PORT = 4840;

  /**
   * @throws IllegalArgumentException if nobody could read, or the port is none
   */
  public OpcUaSettings {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("--opcua has to be a port, 1 to 65535");
    }
    if (!anonymous && login.isEmpty()) {
      throw new IllegalArgumentException(
          "--opcua needs to know who may read: name a user by --opcua-user, or allow everybody"
              + " whose certificate is trusted by --opcua-anonymous");
    }
  }
}
