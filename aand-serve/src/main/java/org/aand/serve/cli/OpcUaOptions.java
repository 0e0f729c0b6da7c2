package org.aand.serve.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.aand.serve.sink.Login;
import org.aand.serve.sink.opcua.OpcUaSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How OPC UA clients read results; all need {@code --opcua}. */
final class OpcUaOptions {
  private static final String PASSWORD = "AAND_OPCUA_PASSWORD";

  @Option(
      names = "--opcua",
      required = true,
      paramLabel = "PORT",
      description =
          "Shows state, last result and counters to OPC UA clients at this port, usually 4840.")
  private int port;

  @Option(
      names = "--opcua-host",
      paramLabel = "HOST",
      defaultValue = "localhost",
      description = "Address to bind to (default: ${DEFAULT-VALUE}, this machine alone).")
  private String host;

  @Option(
      names = "--opcua-certificates",
      paramLabel = "DIR",
      defaultValue = "${sys:user.home}/.aand/opcua",
      description =
          "Folder of certificates (default: ~/.aand/opcua), made at the first start. Clients whose"
              + " certificate is in its trusted/certs may connect.")
  private Path certificates;

  @Option(names = "--opcua-user", paramLabel = "NAME", description = "User who may read.")
  private @Nullable String user;

  @Option(
      names = "--opcua-password-file",
      paramLabel = "FILE",
      description =
          "File with the user's password in its first line; without it the environment variable "
              + PASSWORD
              + ".")
  private @Nullable Path passwordFile;

  @Option(
      names = "--opcua-anonymous",
      description = "Lets clients read without a user, if their certificate is trusted.")
  private boolean anonymous;

  @Option(
      names = "--opcua-insecure",
      description =
          "Lets clients connect without signing and encryption, and without a certificate, too.")
  private boolean insecure;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  OpcUaOptions() {}

  /**
   * What the options say.
   *
   * @throws CommandLine.ParameterException if they cannot be used
   * @throws org.aand.common.InputException if the password's file cannot be read
   */
  OpcUaSettings settings(CommandSpec spec) {
    try {
      return new OpcUaSettings(host, port, certificates, insecure, anonymous, login());
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<Login> login() {
    return Login.of(
        "--opcua",
        Optional.ofNullable(user),
        Secret.of(Optional.ofNullable(passwordFile), PASSWORD));
  }
}
