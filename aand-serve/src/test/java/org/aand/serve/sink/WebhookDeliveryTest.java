package org.aand.serve.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.aand.common.InputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results at a real server. */
@Timeout(120)
class WebhookDeliveryTest {
  private record Post(Headers headers, String body) {}

  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private final CountDownLatch answering = new CountDownLatch(1);
  private final HttpServer server;
  private volatile int status = 204;
  private volatile boolean silent;

  WebhookDeliveryTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          posts.add(new Post(exchange.getRequestHeaders(), body));
          if (silent) {
            try {
              answering.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    answering.countDown();
    server.stop(0);
  }

  private WebhookDelivery webhook(Optional<String> secret) {
    return webhook(secret, Duration.ofSeconds(60));
  }

  private WebhookDelivery webhook(Optional<String> secret, Duration timeout) {
    var address = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=hidden";
    return new WebhookDelivery(URI.create(address), timeout, secret);
  }

  @Test
  void postsTheJsonWithItsIdAndSignature() throws Exception {
    var result = Results.normal(3, "ä.png");
    webhook(Optional.of("key")).deliver(List.of(result));
    assertEquals(1, posts.size());
    assertEquals(result.json(), posts.get(0).body());
    assertEquals("id3", posts.get(0).headers().getFirst("Idempotency-Key"));
    assertEquals("application/json", posts.get(0).headers().getFirst("Content-Type"));
    // printf %s '{...}' | openssl dgst -sha256 -hmac key
    assertEquals(
        "{\"id\":\"id3\",\"time\":\"1970-01-01T00:00:03Z\",\"model\":\"bottle, new\","
            + "\"file\":\"ä.png\",\"score\":0.25,\"verdict\":\"normal\"}",
        result.json());
    assertEquals(
        "sha256=803fb19f3ff3a2f858fb49e1f7c25d689fed878428bf91d0a96196a6e3c767ca",
        posts.get(0).headers().getFirst(WebhookDelivery.SIGNATURE));
  }

  @Test
  void withoutASecretThereIsNoSignature() throws Exception {
    webhook(Optional.empty()).deliver(List.of(Results.normal(0, "a.png")));
    assertNull(posts.get(0).headers().getFirst(WebhookDelivery.SIGNATURE));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503})
  void isTriedAgainWhenTheServerMayTakeItLater(int answer) {
    status = answer;
    var failed =
        assertThrows(
            IOException.class,
            () -> webhook(Optional.empty()).deliver(List.of(Results.normal(0, "a.png"))));
    assertTrue(String.valueOf(failed.getMessage()).contains(answer + ""), failed.toString());
    assertFalse(String.valueOf(failed.getMessage()).contains("hidden"), failed.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 404, 413})
  void isRefusedWhenTheServerWillNeverTakeIt(int answer) {
    status = answer;
    assertThrows(
        RefusedException.class,
        () -> webhook(Optional.empty()).deliver(List.of(Results.normal(0, "a.png"))));
    assertEquals(1, posts.size(), "a redirection was followed");
  }

  @Test
  void aServerThatIsSilentOrAwayIsTriedAgain() {
    silent = true;
    var webhook = webhook(Optional.empty(), Duration.ofMillis(500));
    var slow =
        assertThrows(IOException.class, () -> webhook.deliver(List.of(Results.normal(0, "a.png"))));
    assertEquals("127.0.0.1 does not answer within 500 ms", slow.getMessage());
    answering.countDown();
    server.stop(0);
    var away =
        assertThrows(IOException.class, () -> webhook.deliver(List.of(Results.normal(0, "a.png"))));
    assertFalse(String.valueOf(away.getMessage()).contains("null"), away.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/", "host", "http:///path", "https://user:secret@host/"})
  void whatIsNoAddressIsRefused(String address) {
    assertThrows(
        InputException.class,
        () -> new WebhookDelivery(URI.create(address), Duration.ofSeconds(1), Optional.empty()));
  }
}
