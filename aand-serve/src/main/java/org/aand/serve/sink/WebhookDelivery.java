package org.aand.serve.sink;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.aand.common.InputException;

/**
 * Posts each result as JSON to an address: HTTP or HTTPS. The header {@code Idempotency-Key} is the
 * result's id. With a secret, {@code X-Signature-256} is {@code sha256=} and the HMAC-SHA256 of the
 * body in hexadecimal digits, by which the receiver knows who sends.
 *
 * <p>Any 2xx is an acknowledgement. No connection, no answer in time, 408, 425, 429 and 5xx are
 * tried again; everything else is a refusal.
 */
public final class WebhookDelivery implements Delivery {
  /** Holds the signature. */
  static final String SIGNATURE = "X-Signature-256";

  private static final String MAC = "HmacSHA256";
  private static final Set<Integer> TRY_AGAIN = Set.of(408, 425, 429);

  private final URI address;
  private final Duration timeout;
  private final Optional<SecretKeySpec> secret;
  private final HttpClient client;

  /**
   * Connects with the first result.
   *
   * @param timeout of the connection, and of an answer
   * @param secret to sign by; not empty
   * @throws InputException if the address is none
   */
  public WebhookDelivery(URI address, Duration timeout, Optional<String> secret) {
    var scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!Set.of("http", "https").contains(scheme)
        || address.getHost() == null
        || address.getUserInfo() != null) {
      throw new InputException(
          "a webhook is an address such as https://host/path, without a user, not " + address);
    }
    this.address = address;
    this.timeout = timeout;
    this.secret = secret.map(text -> new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), MAC));
    client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public void deliver(List<ResultRecord> batch)
      throws IOException, RefusedException, InterruptedException {
    for (var result : batch) {
      post(result);
    }
  }

  private void post(ResultRecord result)
      throws IOException, RefusedException, InterruptedException {
    byte[] body = result.json().getBytes(StandardCharsets.UTF_8);
    var request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", result.id())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    secret.ifPresent(key -> request.header(SIGNATURE, "sha256=" + sign(key, body)));
    int status = status(request.build());
    if (status >= 500 || TRY_AGAIN.contains(status)) {
      // Without the path and the query, which may hold a secret.
      throw new IOException(address.getHost() + " answers with the status " + status);
    }
    if (status < 200 || status >= 300) {
      throw new RefusedException("status " + status);
    }
  }

  private int status(HttpRequest request) throws IOException, InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (HttpTimeoutException e) {
      throw new IOException(
          address.getHost() + " does not answer within " + timeout.toMillis() + " ms", e);
    } catch (ConnectException e) {
      throw new IOException(address.getHost() + " takes no connection", e);
    }
  }

  private static String sign(SecretKeySpec key, byte[] body) {
    try {
      var mac = Mac.getInstance(MAC);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }

  @Override
  public void close() {
    // The client ends with its last connection.
  }
}
