package org.aand.serve.sink.mqtt;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a broker is.
 *
 * @param host name or address
 * @param port TCP port, 1 to 65535
 * @param tls whether the connection is encrypted
 */
public record MqttAddress(String host, int port, boolean tls) {
  private static final int USUAL_PORT = 1883;
  private static final int USUAL_TLS_PORT = 8883;

  /**
   * Reads {@code mqtt[s]://host[:port]}.
   *
   * @throws IllegalArgumentException if it is something else; the message does not repeat a
   *     password
   */
  public static MqttAddress parse(String text) {
    var uri = uri(text);
    var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    var host = uri.getHost();
    if (uri.getRawUserInfo() != null || text.contains("@")) {
      throw new IllegalArgumentException(
          "--mqtt takes no user and password; name the user by --mqtt-user");
    }
    boolean tls = scheme.equals("mqtts");
    if (!tls && !scheme.equals("mqtt") || host == null || !isOnlyAddress(uri)) {
      throw malformed();
    }
    int port = uri.getPort() < 0 ? (tls ? USUAL_TLS_PORT : USUAL_PORT) : uri.getPort();
    if (port < 1 || port > 65535) {
      throw malformed();
    }
    return new MqttAddress(host.replaceAll("[\\[\\]]", ""), port, tls);
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw malformed();
    }
  }

  private static boolean isOnlyAddress(URI uri) {
    var path = String.valueOf(uri.getRawPath());
    return (path.isEmpty() || path.equals("/"))
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null;
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "--mqtt has to be mqtt://HOST or, with TLS, mqtts://HOST, each with :PORT if it is not the"
            + " usual one");
  }

  @Override
  public String toString() {
    return (tls ? "mqtts://" : "mqtt://")
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + port;
  }
}
