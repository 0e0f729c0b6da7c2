package org.aand.serve.sink.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aand.common.InputException;
import org.aand.serve.sink.Login;
import org.aand.serve.sink.RecordedProblems;
import org.aand.serve.sink.RefusedException;
import org.aand.serve.sink.ResultRecord;
import org.aand.serve.sink.SinkStatus;
import org.aand.serve.sink.SpoolSettings;
import org.aand.serve.sink.SpooledSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sink at a real broker. */
@Timeout(240)
class MqttDeliveryTest {
  private final RecordedProblems problems = new RecordedProblems();
  private final Path folder;

  MqttDeliveryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static MqttSettings settings(String address) {
    return new MqttSettings(
        MqttAddress.parse(address),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "line3",
        MqttSettings.TOPIC,
        MqttSettings.STATUS_TOPIC,
        Duration.ofMinutes(10));
  }

  private static ResultRecord result(int number) {
    var row =
        JsonNodeFactory.instance
            .objectNode()
            .put("file", "part" + number + ".png")
            .put("score", 1)
            .put("verdict", "undecided");
    return ResultRecord.of("id" + number, Instant.EPOCH, "bottle", row);
  }

  @Test
  void aResultIsPublishedWithItsPropertiesAndTheStatusIsKept() throws Exception {
    try (var broker = Mosquitto.start(folder, "allow_anonymous true");
        var subscriber = new Subscriber(broker.port(), "aand/#")) {
      try (var sink = MqttDelivery.open(settings("mqtt://127.0.0.1:" + broker.port()), problems)) {
        sink.deliver(List.of(result(1)));
      }
      var messages = subscriber.await(3);
      assertEquals("online", Subscriber.text(messages.get(0)));
      assertEquals("aand/line3/status", messages.get(0).getTopic().toString());
      var published = messages.get(1);
      assertEquals("aand/bottle/results", published.getTopic().toString());
      assertEquals(result(1).json(), Subscriber.text(published));
      assertEquals("application/json", published.getContentType().orElseThrow().toString());
      assertEquals(600, published.getMessageExpiryInterval().orElseThrow());
      assertEquals("[(id, id1)]", published.getUserProperties().asList().toString());
      assertFalse(published.isRetain());
      assertEquals("offline", Subscriber.text(messages.get(2)));
      assertEquals(List.of(), problems.lines());
    }
  }

  /** Killed in the middle and stopped for a time, the broker gets what waited on disk. */
  @Test
  void nothingIsLostWhenTheBrokerIsStoppedInBetween() throws Exception {
    var spooling =
        new SpoolSettings(
            1 << 20, Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(60));
    try (var broker = Mosquitto.start(folder, "allow_anonymous true");
        var subscriber = new Subscriber(broker.port(), "aand/+/results");
        var sink =
            SpooledSink.open(
                MqttDelivery.open(settings("mqtt://127.0.0.1:" + broker.port()), problems),
                folder.resolve("state"),
                spooling,
                problems)) {
      for (int i = 0; i < 300; i++) {
        if (i == 100) {
          broker.stop();
        }
        sink.write(List.of(result(i)));
      }
      assertTrue(sink.status().waiting() >= 200, sink.status().toString());
      broker.startAgain();
      var ids = new LinkedHashSet<String>();
      for (int i = 0; i < 3000 && ids.size() < 300; i++) {
        subscriber.messages().forEach(message -> ids.add(Subscriber.text(message)));
        Thread.sleep(20);
      }
      assertEquals(
          IntStream.range(0, 300).mapToObj(i -> result(i).json()).toList(), List.copyOf(ids));
      // A subscriber may have the last messages before their acknowledgement is here.
      for (int i = 0; i < 3000 && sink.status().waiting() > 0; i++) {
        Thread.sleep(20);
      }
      assertEquals(new SinkStatus("mqtt", 300, 0, 0, 0), sink.status());
      var lines = problems.lines();
      assertEquals(2, lines.size(), lines.toString());
      // Told by the connection or by the spool, whichever notices first.
      assertTrue(lines.get(0).contains("results wait"), lines.get(0));
      assertTrue(lines.get(1).matches(".*( is back|are delivered again)"), lines.get(1));
    }
  }

  @Test
  void aBrokerThatIsAwayAtTheStartIsWaitedFor() throws Exception {
    try (var broker = Mosquitto.start(folder, "allow_anonymous true")) {
      broker.stop();
      var address = "mqtt://127.0.0.1:" + broker.port();
      try (var sink = MqttDelivery.open(settings(address), problems)) {
        assertEquals(
            List.of(
                address + " is away: nothing answers at that port; results wait until it is back"),
            problems.lines());
        broker.startAgain();
        sink.deliver(List.of(result(1)));
        assertEquals(address + " is back", problems.lines().get(1));
      }
    }
  }

  /** A message that is too long for the broker, alone or among others, does not hold them up. */
  @Test
  void aMessageThatTheBrokerWillNeverTakeIsRefused() throws Exception {
    try (var broker = Mosquitto.start(folder, "allow_anonymous true", "max_packet_size 2000");
        var sink = MqttDelivery.open(settings("mqtt://127.0.0.1:" + broker.port()), problems)) {
      var row =
          JsonNodeFactory.instance.objectNode().put("file", "a.png").put("error", "x".repeat(3000));
      var large = ResultRecord.of("large", Instant.EPOCH, "bottle", row);
      assertThrows(RefusedException.class, () -> sink.deliver(List.of(result(1), large)));
      sink.deliver(List.of(result(2)));
      assertEquals(List.of(), problems.lines());
    }
  }

  @Test
  void aWrongPasswordIsOneLine() throws Exception {
    var users = Mosquitto.users(folder, "line", "right");
    try (var broker = Mosquitto.start(folder, "allow_anonymous false", "password_file " + users)) {
      var address = "mqtt://127.0.0.1:" + broker.port();
      var refusal =
          "cannot publish to "
              + address
              + ": it refuses the user or the password; check --mqtt-user and the password";
      for (var login : List.of(Optional.of(new Login("line", "wrong")), Optional.<Login>empty())) {
        var settings = with(settings(address), Optional.empty(), login);
        var refused =
            assertThrows(InputException.class, () -> MqttDelivery.open(settings, problems));
        assertEquals(refusal, refused.getMessage());
      }
      var right =
          with(settings(address), Optional.empty(), Optional.of(new Login("line", "right")));
      try (var sink = MqttDelivery.open(right, problems)) {
        sink.deliver(List.of(result(1)));
      }
      assertEquals(List.of(), problems.lines());
    }
  }

  private static MqttSettings with(
      MqttSettings settings, Optional<Path> authority, Optional<Login> login) {
    return new MqttSettings(
        settings.broker(),
        authority,
        settings.key(),
        login,
        settings.client(),
        settings.topic(),
        settings.statusTopic(),
        settings.expiry());
  }

  @Test
  void aBrokerIsTrustedByTheAuthorityThatIsNamedAlone() throws Exception {
    var authority = TestAuthority.make("the line's authority");
    var files = authority.vouchFor("127.0.0.1", folder);
    try (var broker =
        Mosquitto.start(
            folder,
            "allow_anonymous true",
            "certfile " + files.certificate(),
            "keyfile " + files.key())) {
      var settings = settings("mqtts://127.0.0.1:" + broker.port());
      var trusting = with(settings, Optional.of(authority.write(folder)), Optional.empty());
      try (var sink = MqttDelivery.open(trusting, problems)) {
        sink.deliver(List.of(result(1)));
      }
      assertNotTrusted(settings);
      var other = TestAuthority.make("another").write(Files.createDirectory(folder.resolve("o")));
      assertNotTrusted(with(settings, Optional.of(other), Optional.empty()));
    }
  }

  @Test
  void aCertificateForAnotherMachineIsNotTrusted() throws Exception {
    var authority = TestAuthority.make("the line's authority");
    var files = authority.vouchFor("10.1.2.3", folder);
    try (var broker =
        Mosquitto.start(
            folder,
            "allow_anonymous true",
            "certfile " + files.certificate(),
            "keyfile " + files.key())) {
      var settings = settings("mqtts://127.0.0.1:" + broker.port());
      assertNotTrusted(with(settings, Optional.of(authority.write(folder)), Optional.empty()));
    }
  }

  @Test
  void aBrokerThatAsksForACertificateKnowsTheClientByIt() throws Exception {
    var authority = TestAuthority.make("the line's authority");
    var files = authority.vouchFor("127.0.0.1", folder);
    var ca = authority.write(folder);
    var own = authority.vouchForClient("line3", folder.resolve("line3.p12"), "secret");
    var foreign =
        TestAuthority.make("another").vouchForClient("x", folder.resolve("x.p12"), "secret");
    try (var broker =
        Mosquitto.start(
            folder,
            "allow_anonymous false",
            "cafile " + ca,
            "certfile " + files.certificate(),
            "keyfile " + files.key(),
            "require_certificate true",
            "use_identity_as_username true")) {
      var address = "mqtts://127.0.0.1:" + broker.port();
      try (var sink =
          MqttDelivery.open(showing(address, ca, new ClientKey(own, "secret")), problems)) {
        sink.deliver(List.of(result(1)));
      }
      assertEquals(List.of(), problems.lines());
      var refused = "cannot publish to " + address + ": ";
      assertOneLine(refused, with(settings(address), Optional.of(ca), Optional.empty()));
      assertOneLine(refused, showing(address, ca, new ClientKey(foreign, "secret")));
      var unusable = "cannot use --mqtt-keystore ";
      assertOneLine(unusable, showing(address, ca, new ClientKey(own, "wrong")));
      assertOneLine(unusable, showing(address, ca, new ClientKey(ca, "secret")));
      assertOneLine(
          unusable, showing(address, ca, new ClientKey(folder.resolve("absent"), "secret")));
    }
  }

  private static MqttSettings showing(String address, Path authority, ClientKey key) {
    var plain = settings(address);
    return new MqttSettings(
        plain.broker(),
        Optional.of(authority),
        Optional.of(key),
        plain.login(),
        plain.client(),
        plain.topic(),
        plain.statusTopic(),
        plain.expiry());
  }

  private void assertOneLine(String beginning, MqttSettings settings) {
    var refused = assertThrows(InputException.class, () -> MqttDelivery.open(settings, problems));
    var message = String.valueOf(refused.getMessage());
    assertTrue(message.startsWith(beginning), message);
    assertEquals(1, message.lines().count(), message);
  }

  private void assertNotTrusted(MqttSettings settings) {
    var refused = assertThrows(InputException.class, () -> MqttDelivery.open(settings, problems));
    var message = String.valueOf(refused.getMessage());
    assertTrue(
        message.startsWith("cannot publish to " + settings.broker() + ": no TLS connection: "),
        message);
    assertEquals(1, message.lines().count(), message);
  }
}
