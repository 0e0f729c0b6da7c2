package org.aand.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.aand.api.AnomalyDetector;
import org.aand.api.SampleImages;
import org.aand.common.InputException;
import org.aand.model.TinyModelFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service by HTTPS, with a key that the JDK's keytool makes as its documentation says. */
@Timeout(240)
class HttpsTest {
  private static final String PASSWORD = "a secret of the plant";
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final byte[] PNG = SampleImages.png(SampleImages.draw(1, 40, 30).get(0));

  @TempDir private Path folder = Path.of("");
  private Path keys = Path.of("");

  @SuppressWarnings("NullAway.Init") // before each test
  private AnomalyDetector detector;

  @BeforeEach
  void makeKey() throws Exception {
    keys = folder.resolve("plant.p12");
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "plant",
                "-keyalg",
                "EC",
                "-dname",
                "CN=line4",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    var said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, keytool.waitFor(), said);
    detector =
        AnomalyDetector.load(
            TinyModelFile.write(folder.resolve("m.aand"), SampleImages.draw(6, 40, 30)));
  }

  @AfterEach
  void close() {
    detector.close();
  }

  private DetectionService service() throws IOException {
    var tokens = Files.writeString(folder.resolve("tokens"), TOKEN + "\n");
    var settings =
        ServiceSettings.defaults()
            .protectedBy(
                Optional.of(AccessTokens.read(tokens)),
                Optional.of(new TlsSettings(keys, PASSWORD)));
    return DetectionService.start(detector, "m", settings);
  }

  private SSLContext trusting() throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    var alone = KeyStore.getInstance("PKCS12");
    alone.load(null, null);
    alone.setCertificateEntry("plant", store.getCertificate("plant"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(alone);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void whoTrustsTheCertificateAndHasATokenIsAnswered() throws Exception {
    try (var service = service()) {
      assertEquals("https", service.address().getScheme());
      var client = HttpClient.newBuilder().sslContext(trusting()).build();
      assertEquals(200, detect(client, service.address(), TOKEN).statusCode());
      var refused = detect(client, service.address(), TOKEN + "0");
      assertEquals(401, refused.statusCode());
      assertTrue(refused.body().contains("a token is needed"), refused.body());
      assertThrows(
          SSLHandshakeException.class,
          () -> detect(HttpClient.newHttpClient(), service.address(), TOKEN),
          "a client that does not trust it");
    }
  }

  @Test
  void oldProtocolsAndPlainTextGetNothingAndTheServiceGoesOn() throws Exception {
    try (var service = service()) {
      int port = service.address().getPort();
      for (var old : List.of("TLSv1", "TLSv1.1")) {
        try (var socket =
            (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
          socket.setEnabledProtocols(new String[] {old});
          assertThrows(SSLException.class, socket::startHandshake, old);
        }
      }
      for (var bytes : List.of("GET /models HTTP/1.1\r\nHost: a\r\n\r\n", "\u0016\u0003\u0001")) {
        try (var socket = new Socket("127.0.0.1", port)) {
          socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
          socket.shutdownOutput();
          var answer =
              new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
          assertTrue(!answer.contains("HTTP/1.1 200") && !answer.contains("model"), answer);
        }
      }
      var client = HttpClient.newBuilder().sslContext(trusting()).build();
      assertEquals(200, detect(client, service.address(), TOKEN).statusCode());
    }
  }

  @Test
  void aKeyStoreThatCannotBeUsedIsOneLine() throws Exception {
    var noStore = Files.writeString(folder.resolve("no.p12"), "no key store");
    for (var tls :
        List.of(
            new TlsSettings(keys, "wrong"),
            new TlsSettings(noStore, PASSWORD),
            new TlsSettings(folder.resolve("absent.p12"), PASSWORD))) {
      var settings = ServiceSettings.defaults().protectedBy(Optional.empty(), Optional.of(tls));
      var refused =
          assertThrows(
              InputException.class, () -> DetectionService.start(detector, "m", settings).close());
      var message = String.valueOf(refused.getMessage());
      assertTrue(message.contains(tls.keyStore().toString()), message);
      assertEquals(1, message.lines().count(), message);
    }
  }

  private static HttpResponse<String> detect(HttpClient client, URI address, String token)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address.resolve("/detect"))
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofByteArray(PNG))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
