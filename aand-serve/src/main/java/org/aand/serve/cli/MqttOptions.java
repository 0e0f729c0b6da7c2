package org.aand.serve.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.aand.serve.sink.HostNames;
import org.aand.serve.sink.Login;
import org.aand.serve.sink.mqtt.ClientKey;
import org.aand.serve.sink.mqtt.MqttAddress;
import org.aand.serve.sink.mqtt.MqttSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** To which MQTT broker results go; all need {@code --mqtt}. */
final class MqttOptions {
  private static final String PASSWORD = "AAND_MQTT_PASSWORD";
  private static final String KEY_PASSWORD = "AAND_MQTT_KEYSTORE_PASSWORD";

  @Option(
      names = "--mqtt",
      required = true,
      paramLabel = "URL",
      description =
          "Publishes each result to a broker, by MQTT 5 with QoS 1: mqtt://HOST[:PORT], or"
              + " mqtts://HOST[:PORT] with TLS.")
  private String address;

  @Option(
      names = "--mqtt-ca",
      paramLabel = "FILE",
      description = "Trusts brokers of these authorities (PEM) instead of the system's.")
  private @Nullable Path authority;

  @Option(
      names = "--mqtt-keystore",
      paramLabel = "FILE",
      description =
          "PKCS #12 file of a key and its certificate, for brokers that ask clients for one.")
  private @Nullable Path keyStore;

  @Option(
      names = "--mqtt-keystore-password-file",
      paramLabel = "FILE",
      description =
          "File with the password of --mqtt-keystore in its first line; without it the environment"
              + " variable "
              + KEY_PASSWORD
              + ".")
  private @Nullable Path keyPasswordFile;

  @Option(names = "--mqtt-user", paramLabel = "NAME", description = "User of the broker.")
  private @Nullable String user;

  @Option(
      names = "--mqtt-password-file",
      paramLabel = "FILE",
      description =
          "File with the user's password in its first line; without it the environment variable "
              + PASSWORD
              + ".")
  private @Nullable Path passwordFile;

  @Option(
      names = "--mqtt-client",
      paramLabel = "NAME",
      description =
          "Name of this client, one alone at the broker (default: aand-HOST-COMMAND, such as"
              + " aand-line3-watch).")
  private @Nullable String client;

  @Option(
      names = "--mqtt-topic",
      paramLabel = "TOPIC",
      defaultValue = MqttSettings.TOPIC,
      description =
          "Topic of results (default: ${DEFAULT-VALUE}); {model}, {verdict} and {client} are"
              + " replaced.")
  private String topic;

  @Option(
      names = "--mqtt-status-topic",
      paramLabel = "TOPIC",
      defaultValue = MqttSettings.STATUS_TOPIC,
      description = "Topic of the retained message online or offline (default: ${DEFAULT-VALUE}).")
  private String statusTopic;

  @Option(
      names = "--mqtt-expiry",
      paramLabel = "SECONDS",
      defaultValue = "86400",
      description =
          "How long the broker keeps a result for a subscriber that is away (default:"
              + " ${DEFAULT-VALUE}, a day).")
  private long expiry;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  MqttOptions() {}

  /**
   * What the options say.
   *
   * @throws CommandLine.ParameterException if they cannot be used
   * @throws org.aand.common.InputException if the password's file cannot be read
   */
  MqttSettings settings(CommandSpec spec) {
    var name = client != null ? client : "aand-" + HostNames.machine() + "-" + spec.name();
    try {
      return new MqttSettings(
          MqttAddress.parse(address),
          Optional.ofNullable(authority),
          key(),
          login(),
          name,
          topic,
          statusTopic,
          Duration.ofSeconds(expiry));
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<ClientKey> key() {
    if (keyStore == null) {
      if (keyPasswordFile != null) {
        throw new IllegalArgumentException(
            "--mqtt-keystore-password-file goes with --mqtt-keystore");
      }
      return Optional.empty();
    }
    var password =
        Secret.of(Optional.ofNullable(keyPasswordFile), KEY_PASSWORD)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--mqtt-keystore needs its password: give --mqtt-keystore-password-file, or"
                            + " set "
                            + KEY_PASSWORD));
    return Optional.of(new ClientKey(keyStore, password));
  }

  private Optional<Login> login() {
    return Login.of(
        "--mqtt",
        Optional.ofNullable(user),
        Secret.of(Optional.ofNullable(passwordFile), PASSWORD));
  }
}
