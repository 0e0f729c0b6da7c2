package org.aand.serve.sink.opcua;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.aand.serve.sink.Login;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;

/** A client such as a PLC. */
public record TestClient(OpcUaClient client) implements AutoCloseable {
  private static final CertificateFolder.Own OWN = SelfSigned.make("client", Clock.systemUTC());

  /** Of a machine that others keep busy; it must not take that for a connection that is lost. */
  private static final UInteger PATIENCE = Unsigned.uint(60_000);

  private static void patient(OpcTcpClientTransportConfigBuilder transport) {
    transport.setConnectTimeout(PATIENCE).setAcknowledgeTimeout(PATIENCE);
  }

  static TestClient of(String address, MessageSecurityMode mode, Optional<Login> login)
      throws UaException {
    CertificateValidator everybody = (chain, uri, hosts) -> {};
    return new TestClient(
        OpcUaClient.create(
            address,
            endpoints -> endpoints.stream().filter(e -> e.getSecurityMode() == mode).findFirst(),
            TestClient::patient,
            config ->
                config
                    .setApplicationUri(CertificateUtil.getSanUri(OWN.certificate()).orElseThrow())
                    .setKeyPair(OWN.keys())
                    .setCertificate(OWN.certificate())
                    .setCertificateChain(new X509Certificate[] {OWN.certificate()})
                    .setCertificateValidator(everybody)
                    .setRequestTimeout(PATIENCE)
                    .setKeepAliveTimeout(PATIENCE)
                    // Of several under way at a time, Milo 1.1 may take the answers in another
                    // order.
                    .setMaxPendingPublishRequests(Unsigned.uint(1))
                    .setIdentityProvider(
                        login.isPresent()
                            ? new UsernameProvider(
                                login.get().user(), login.get().password(), everybody)
                            : AnonymousProvider.INSTANCE)));
  }

  /** One whose certificate is trusted already. */
  public static TestClient trusted(
      String address, Path pki, MessageSecurityMode mode, Login... login) throws Exception {
    var file = pki.resolve("trusted/certs/client.der");
    if (!Files.exists(file)) {
      Files.write(file, OWN.certificate().getEncoded());
    }
    var client = of(address, mode, Arrays.stream(login).findFirst());
    client.connectWithin(60);
    return client;
  }

  /** One that wants no security, at a server that allows that. */
  public static TestClient anonymous(String address) throws UaException {
    var client = of(address, MessageSecurityMode.None, Optional.empty());
    client.connect();
    return client;
  }

  /** One that wants no security, whatever the server offers. */
  static TestClient plain(String address) throws Exception {
    var offered = endpoints(address).get(0);
    var open =
        new EndpointDescription(
            offered.getEndpointUrl(),
            offered.getServer(),
            offered.getServerCertificate(),
            MessageSecurityMode.None,
            "http://opcfoundation.org/UA/SecurityPolicy#None",
            offered.getUserIdentityTokens(),
            offered.getTransportProfileUri(),
            offered.getSecurityLevel());
    var client =
        new TestClient(
            OpcUaClient.create(
                address, endpoints -> Optional.of(open), TestClient::patient, config -> {}));
    client.connect();
    return client;
  }

  static List<EndpointDescription> endpoints(String address) throws Exception {
    return DiscoveryClient.getEndpoints(address).get();
  }

  void connect() throws UaException {
    client.connect();
  }

  /** The server takes notice of a new file some time after. */
  void connectWithin(int seconds) throws Exception {
    for (int i = 1; ; i++) {
      try {
        client.connect();
        return;
      } catch (UaException e) {
        if (i > seconds * 4 || !String.valueOf(e).contains("SecurityChecksFailed")) {
          throw e;
        }
        Thread.sleep(250);
      }
    }
  }

  NodeId node(String path) {
    try {
      return new NodeId(client.readNamespaceTable().getIndex(VisionNodes.NAMESPACE), path);
    } catch (UaException e) {
      throw new IllegalStateException(e);
    }
  }

  DataValue read(String path) {
    return readAll(path).get(0);
  }

  /** The value of a variable that has one. */
  public Object value(String path) {
    return Objects.requireNonNull(read(path).value().value(), path);
  }

  Instant sourceTime(String path) {
    return Objects.requireNonNull(read(path).sourceTime(), path).getJavaInstant();
  }

  List<DataValue> readAll(String... paths) {
    try {
      return client.readValues(
          0, TimestampsToReturn.Both, Arrays.stream(paths).map(this::node).toList());
    } catch (UaException e) {
      throw new IllegalStateException(e);
    }
  }

  String text(String path) {
    return String.valueOf(((LocalizedText) value(path)).text());
  }

  @Override
  public void close() throws UaException {
    client.disconnect();
  }
}
