package org.aand.serve.sink.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.aand.common.InputException;
import org.aand.serve.sink.Login;
import org.aand.serve.sink.RecordedProblems;
import org.aand.serve.sink.ResultRecord;
import org.eclipse.milo.opcua.sdk.client.subscriptions.EventFilterBuilder;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server with clients of Milo. */
@Timeout(240)
class OpcUaSinkTest {
  private static final Login LOGIN = new Login("plc", "secret");
  private static final MessageSecurityMode ENCRYPTED = MessageSecurityMode.SignAndEncrypt;

  private final RecordedProblems problems = new RecordedProblems();
  private final Path folder;

  OpcUaSinkTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /**
   * At a port of its own each time: one that a server has just left may be in use for a moment, and
   * one that was free may be another program's by now.
   */
  private OpcUaSink open(boolean insecure, boolean anonymous, Optional<Login> login)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return open(freePort(), insecure, anonymous, login);
      } catch (InputException e) {
        if (attempt == 5 || !String.valueOf(e.getMessage()).startsWith("cannot serve OPC UA")) {
          throw e;
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private OpcUaSink open(int port, boolean insecure, boolean anonymous, Optional<Login> login) {
    var settings =
        new OpcUaSettings("localhost", port, folder.resolve("pki"), insecure, anonymous, login);
    return OpcUaSink.open(
        settings, List.of("bottle"), VisionState.CONTINUOUS_EXECUTION, Clock.systemUTC(), problems);
  }

  private static ResultRecord result(int number) {
    var row =
        JsonNodeFactory.instance
            .objectNode()
            .put("file", "part" + number + ".png")
            .put("score", number)
            .put("threshold", 100.5)
            .put("verdict", number > 100 ? "anomalous" : "normal");
    return ResultRecord.of(
        "id" + number, Instant.ofEpochSecond(1_800_000_000L + number), "bottle", row);
  }

  @Test
  void aTrustedClientReadsOneConsistentResult() throws Exception {
    try (var sink = open(false, false, Optional.of(LOGIN));
        var client = TestClient.trusted(sink.address(), folder.resolve("pki"), ENCRYPTED, LOGIN)) {
      assertEquals("Operational", client.text(VisionNodes.STATE));
      assertEquals("ContinuousExecution", client.text(VisionNodes.MODE));
      assertEquals("bottle", client.value(VisionNodes.RECIPE));
      assertEquals(
          StatusCodes.Bad_WaitingForInitialData,
          client.read(VisionNodes.RESULT + "Score").statusCode().value());

      sink.write(List.of(result(7), result(101)));
      sink.write(List.of(failed()));
      sink.write(List.of(result(102)));
      var expected = result(102);
      assertEquals("id102", client.value(VisionNodes.RESULT + "ResultId"));
      assertEquals("part102.png", client.value(VisionNodes.RESULT + "Image"));
      assertEquals(102.0, client.value(VisionNodes.RESULT + "Score"));
      assertEquals(100.5, client.value(VisionNodes.RESULT + "Threshold"));
      assertEquals("anomalous", client.value(VisionNodes.RESULT + "Verdict"));
      assertEquals(expected.json(), client.value(VisionNodes.RESULT + "ResultContent"));
      assertEquals(expected.time(), client.sourceTime(VisionNodes.RESULT + "Verdict"));
      assertEquals(
          List.of("4", "1", "2", "1"),
          List.of("Total", "Normal", "Anomalous", "Errors").stream()
              .map(name -> client.value(VisionNodes.COUNTERS + name).toString())
              .toList());
    }
  }

  private static ResultRecord failed() {
    var row = JsonNodeFactory.instance.objectNode().put("file", "x.png").put("error", "no image");
    return ResultRecord.of("idx", Instant.EPOCH, "bottle", row);
  }

  /** One read of two variables never sees those of two results. */
  @Test
  void valuesOfDifferentResultsAreNeverMixed() throws Exception {
    try (var sink = open(true, true, Optional.empty());
        var client = TestClient.anonymous(sink.address())) {
      sink.write(List.of(result(0)));
      var enough = new AtomicBoolean();
      var writer =
          new Thread(
              () -> {
                for (int i = 1; !enough.get(); i++) {
                  sink.write(List.of(result(i)));
                }
              });
      writer.setDaemon(true);
      writer.start();
      var seen = new HashSet<Object>();
      while (seen.size() < 30) {
        var values =
            client.readAll(
                VisionNodes.RESULT + "Score",
                VisionNodes.RESULT + "ResultId",
                VisionNodes.COUNTERS + "Total");
        int number = number(values.get(0));
        assertEquals("id" + number, values.get(1).value().value());
        assertEquals(number + 1, number(values.get(2)));
        seen.add(number);
      }
      enough.set(true);
      writer.join();
    }
  }

  private static int number(DataValue value) {
    return value.value().value() instanceof Number number ? number.intValue() : -1;
  }

  @Test
  void eachResultIsAnEvent() throws Exception {
    try (var sink = open(true, true, Optional.empty());
        var client = TestClient.anonymous(sink.address())) {
      var type = client.node("ResultReadyEventType");
      var filter =
          new EventFilterBuilder()
              .select(NodeIds.BaseEventType, new QualifiedName(0, "Message"))
              .select(type, new QualifiedName(type.getNamespaceIndex(), "ResultId"))
              .select(type, new QualifiedName(type.getNamespaceIndex(), "Score"))
              .build();
      var item = OpcUaMonitoredItem.newEventItem(NodeIds.Server, filter);
      item.setQueueSize(Unsigned.uint(1000));
      var events = new CopyOnWriteArrayList<Variant[]>();
      item.setEventValueListener((source, values) -> events.add(values));
      var subscription = new OpcUaSubscription(client.client(), 50);
      subscription.create();
      subscription.addMonitoredItem(item);
      subscription.synchronizeMonitoredItems();

      for (int i = 0; i < 200; i++) {
        sink.write(List.of(result(i)));
      }
      for (int i = 0; i < 3000 && events.size() < 200; i++) {
        Thread.sleep(20);
      }
      assertEquals(
          IntStream.range(0, 200).mapToObj(i -> "id" + i).toList(),
          events.stream().map(values -> values[1].value()).toList());
      assertEquals(LocalizedText.english("part199.png: anomalous"), events.get(199)[0].value());
      assertEquals(199.0, events.get(199)[2].value());
    }
  }

  @Test
  void nothingCanBeWritten() throws Exception {
    try (var sink = open(true, true, Optional.empty());
        var client = TestClient.anonymous(sink.address())) {
      for (var path : List.of(VisionNodes.COUNTERS + "Total", VisionNodes.STATE)) {
        var status =
            client
                .client()
                .writeValues(
                    List.of(client.node(path)), List.of(DataValue.valueOnly(Variant.of(1))))
                .get(0);
        assertEquals(StatusCodes.Bad_UserAccessDenied, status.value());
      }
    }
  }

  @Test
  void aClientIsRefusedUntilItsCertificateIsMovedToTheTrustedOnes() throws Exception {
    var pki = folder.resolve("pki");
    try (var sink = open(false, true, Optional.empty())) {
      var stranger = TestClient.of(sink.address(), ENCRYPTED, Optional.empty());
      assertThrows(UaException.class, stranger::connect);
      assertEquals(
          List.of(
              "an OPC UA client was refused: its certificate is not trusted, or not valid; move it"
                  + " from "
                  + pki.resolve("rejected/certs")
                  + " to "
                  + pki.resolve("trusted/certs")
                  + " to let the client in"),
          problems.lines());
      try (var rejected = Files.list(pki.resolve("rejected/certs"))) {
        var file = rejected.findFirst().orElseThrow();
        Files.move(file, pki.resolve("trusted/certs").resolve(file.getFileName()));
      }
      stranger.connectWithin(60);
      assertEquals("Operational", stranger.text(VisionNodes.STATE));
      stranger.close();
    }
  }

  @Test
  void withoutLeaveThereIsNeitherPlainTextNorAnonymousReading() throws Exception {
    try (var sink = open(false, false, Optional.of(LOGIN))) {
      var offered = TestClient.endpoints(sink.address());
      assertEquals(
          List.of(MessageSecurityMode.SignAndEncrypt, MessageSecurityMode.Sign),
          offered.stream()
              .filter(e -> !e.getEndpointUrl().endsWith("/discovery"))
              .map(e -> e.getSecurityMode())
              .toList());
      assertTrue(
          offered.stream()
              .filter(e -> !e.getEndpointUrl().endsWith("/discovery"))
              .allMatch(
                  e -> e.getSecurityPolicyUri().equals(SecurityPolicy.Basic256Sha256.getUri())));
      assertThrows(
          UaException.class,
          () -> TestClient.trusted(sink.address(), folder.resolve("pki"), ENCRYPTED));
      assertThrows(
          UaException.class,
          () ->
              TestClient.trusted(
                  sink.address(), folder.resolve("pki"), ENCRYPTED, new Login("plc", "wrong")));
      assertThrows(UaException.class, () -> TestClient.plain(sink.address()));
    }
  }

  @Test
  void theCertificateStaysAndItsKeyIsTheOwnersAlone() throws Exception {
    var certificate = folder.resolve("pki/own/certs/aand.der");
    var key = folder.resolve("pki/own/private/aand.pem");
    open(false, true, Optional.empty()).close();
    var before = Files.readAllBytes(certificate);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    open(false, true, Optional.empty()).close();
    assertEquals(List.of(before.length), List.of(Files.readAllBytes(certificate).length));

    Files.writeString(key, "no key");
    var refused = assertThrows(InputException.class, () -> open(false, true, Optional.empty()));
    assertEquals(
        "cannot use the OPC UA certificate "
            + certificate
            + " with "
            + key
            + ": the key is not in PKCS #8 as PEM without a password; delete both, and the next"
            + " start makes new ones",
        refused.getMessage());
  }

  @Test
  void aPortThatIsTakenIsOneLine() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      int port = other.getLocalPort();
      var refused =
          assertThrows(InputException.class, () -> open(port, false, true, Optional.empty()));
      assertEquals(
          "cannot serve OPC UA at port "
              + port
              + " of localhost: Address already in use; choose another by --opcua, or another"
              + " address by --opcua-host",
          refused.getMessage());
    }
  }
}
