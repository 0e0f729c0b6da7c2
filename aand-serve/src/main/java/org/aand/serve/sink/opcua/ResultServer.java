package org.aand.serve.sink.opcua;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.aand.common.InputException;
import org.aand.common.ProgramVersion;
import org.aand.common.file.IoReason;
import org.aand.serve.sink.HostNames;
import org.aand.serve.sink.Login;
import org.aand.serve.sink.Problems;
import org.aand.serve.sink.opcua.CertificateFolder.Own;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.CompositeValidator;
import org.eclipse.milo.opcua.sdk.server.identity.IdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.UsernameIdentityValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.DefaultServerCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.FileBasedTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.BuildInfo;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/** An OPC UA server of Milo with {@link VisionNodes} as its address space. */
final class ResultServer implements AutoCloseable {
  private static final String PATH = "/aand";

  private final OpcUaServer server;
  private final FileBasedTrustListManager trust;
  private final VisionNodes nodes;

  private ResultServer(OpcUaServer server, FileBasedTrustListManager trust, VisionNodes nodes) {
    this.server = server;
    this.trust = trust;
    this.nodes = nodes;
  }

  /**
   * Starts the server.
   *
   * @throws InputException if the port or the folder of certificates cannot be used
   */
  static ResultServer start(OpcUaSettings settings, Clock clock, Problems problems) {
    requireFree(settings);
    var folder = new CertificateFolder(settings.certificates());
    var own = folder.open(settings.host(), clock);
    var trust = trust(folder);
    var server =
        new OpcUaServer(config(settings, folder, own, trust, problems), profile -> transport());
    var nodes = new VisionNodes(server, clock);
    nodes.startup();
    var started = new ResultServer(server, trust, nodes);
    try {
      server.startup().join();
    } catch (CompletionException e) {
      // What cannot be bound is a failure that does not say why; the port was free before.
      started.close();
      throw taken(settings, "another program was faster", e);
    }
    return started;
  }

  private static void requireFree(OpcUaSettings settings) {
    try (var socket = new ServerSocket()) {
      // As the server's own, so that connections that linger from the run before do not count.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(settings.host(), settings.port()));
    } catch (IOException e) {
      throw taken(settings, IoReason.of(e), e);
    }
  }

  private static InputException taken(OpcUaSettings settings, String reason, Exception cause) {
    return new InputException(
        "cannot serve OPC UA at port "
            + settings.port()
            + " of "
            + settings.host()
            + ": "
            + reason
            + "; choose another by --opcua, or another address by --opcua-host",
        cause);
  }

  private static FileBasedTrustListManager trust(CertificateFolder folder) {
    try {
      var trust =
          new FileBasedTrustListManager(
              folder.issuers(),
              folder.issuerRevocations(),
              folder.trusted(),
              folder.trustedRevocations());
      trust.initialize();
      return trust;
    } catch (IOException e) {
      throw new InputException(
          "cannot watch the trusted certificates in " + folder.trusted() + ": " + IoReason.of(e),
          e);
    }
  }

  private static OpcUaServerConfig config(
      OpcUaSettings settings,
      CertificateFolder folder,
      Own own,
      FileBasedTrustListManager trust,
      Problems problems) {
    var quarantine = new RejectedClients(folder, problems);
    var group =
        new DefaultApplicationGroup(
            trust,
            OwnCertificate.store(own),
            new OwnCertificate(),
            new DefaultServerCertificateValidator(trust, quarantine));
    var version = ProgramVersion.get();
    var product = "urn:aand";
    return OpcUaServerConfig.builder()
        .setApplicationName(LocalizedText.english("AAND"))
        .setApplicationUri(CertificateUtil.getSanUri(own.certificate()).orElse(product))
        .setProductUri(product)
        .setBuildInfo(
            new BuildInfo(product, "AAND for the JVM", "AAND", version, "", DateTime.NULL_VALUE))
        .setCertificateManager(new DefaultCertificateManager(quarantine, group))
        .setIdentityValidator(identities(settings))
        .setEndpoints(endpoints(settings, own))
        .build();
  }

  private static IdentityValidator identities(OpcUaSettings settings) {
    var validators = new ArrayList<IdentityValidator>();
    if (settings.anonymous()) {
      validators.add(AnonymousIdentityValidator.INSTANCE);
    }
    settings
        .login()
        .ifPresent(
            login ->
                validators.add(
                    new UsernameIdentityValidator(
                        said -> same(login, said.getUsername(), said.getPassword()))));
    return new CompositeValidator(validators);
  }

  /** In a time that does not tell how much of it was right. */
  private static boolean same(Login login, String user, String password) {
    boolean sameUser = MessageDigest.isEqual(login.user().getBytes(UTF_8), user.getBytes(UTF_8));
    boolean samePassword =
        MessageDigest.isEqual(login.password().getBytes(UTF_8), password.getBytes(UTF_8));
    return sameUser & samePassword;
  }

  private static Set<EndpointConfig> endpoints(OpcUaSettings settings, Own own) {
    var base =
        EndpointConfig.newBuilder()
            .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
            .setBindAddress(settings.host())
            .setBindPort(settings.port())
            .setHostname(HostNames.reaching(settings.host()))
            .setPath(PATH)
            .setCertificate(own.certificate());
    if (settings.anonymous()) {
      base.addTokenPolicy(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS);
    }
    if (settings.login().isPresent()) {
      base.addTokenPolicy(OpcUaServerConfig.USER_TOKEN_POLICY_USERNAME);
    }
    var endpoints = new LinkedHashSet<EndpointConfig>();
    for (var mode : List.of(MessageSecurityMode.SignAndEncrypt, MessageSecurityMode.Sign)) {
      endpoints.add(
          base.copy()
              .setSecurityPolicy(SecurityPolicy.Basic256Sha256)
              .setSecurityMode(mode)
              .build());
    }
    var open =
        base.copy()
            .setSecurityPolicy(SecurityPolicy.None)
            .setSecurityMode(MessageSecurityMode.None);
    if (settings.insecure()) {
      endpoints.add(open.build());
    }
    // By which a client learns of the others; OPC 10000-6, 7.2. Nothing can be read there.
    endpoints.add(open.copy().setPath(PATH + "/discovery").build());
    return endpoints;
  }

  private static OpcTcpServerTransport transport() {
    return new OpcTcpServerTransport(OpcTcpServerTransportConfig.newBuilder().build());
  }

  VisionNodes nodes() {
    return nodes;
  }

  /** Where clients connect. */
  String address() {
    return server.getConfig().getEndpoints().iterator().next().getEndpointUrl();
  }

  @Override
  public void close() {
    nodes.shutdown();
    server.shutdown().join();
    try {
      trust.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
