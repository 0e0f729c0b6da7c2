package org.aand.serve.sink.mqtt;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.aand.serve.sink.Login;

/**
 * Where results are published, and how.
 *
 * @param broker the broker
 * @param authority PEM file of the authorities whose brokers are trusted, instead of the system's
 * @param key what this client shows a broker that asks for a certificate
 * @param login user and password, if the broker wants them
 * @param client identifier of this client, one alone at the broker
 * @param topic topic of the results with the placeholders of {@link #PLACEHOLDERS}
 * @param statusTopic topic of the retained messages {@code online} and {@code offline}, with the
 *     placeholder <code>{client}</code>
 * @param expiry how long the broker keeps a result for a subscriber that is away
 */
public record MqttSettings(
    MqttAddress broker,
    Optional<Path> authority,
    Optional<ClientKey> key,
    Optional<Login> login,
    String client,
    String topic,
    String statusTopic,
    Duration expiry) {
  public static final String TOPIC = "aand/{model}/results";
  public static final String STATUS_TOPIC = "aand/{client}/status";

  static final String MODEL = "model";
  static final String VERDICT = "verdict";
  static final String CLIENT = "client";

  /** What the topic of a result may name. */
  static final Set<String> PLACEHOLDERS = Set.of(MODEL, VERDICT, CLIENT);

  /**
   * As a broker has to accept it; MQTT 5.0, 3.1.3.1 asks for 23 characters, all brokers take more.
   */
  private static final int LONGEST_CLIENT = 128;

  /**
   * @throws IllegalArgumentException naming the option, if something cannot be used
   */
  public MqttSettings {
    if (authority.isPresent() && !broker.tls()) {
      throw new IllegalArgumentException("--mqtt-ca needs mqtts:// in --mqtt");
    }
    if (key.isPresent() && !broker.tls()) {
      throw new IllegalArgumentException("--mqtt-keystore needs mqtts:// in --mqtt");
    }
    if (client.isEmpty() || client.length() > LONGEST_CLIENT) {
      throw new IllegalArgumentException(
          "--mqtt-client has to have 1 to " + LONGEST_CLIENT + " characters");
    }
    if (expiry.toSeconds() < 1 || expiry.toSeconds() > 0xFFFF_FFFEL) {
      throw new IllegalArgumentException("--mqtt-expiry has to be 1 second or more");
    }
    results(topic);
    status(statusTopic);
  }

  /** The topic of results. */
  TopicTemplate results() {
    return results(topic);
  }

  /** The topic of this client's status. */
  String status() {
    return status(statusTopic).topic(java.util.Map.of(CLIENT, client));
  }

  private static TopicTemplate results(String topic) {
    return parse("--mqtt-topic", topic, PLACEHOLDERS);
  }

  private static TopicTemplate status(String topic) {
    return parse("--mqtt-status-topic", topic, Set.of(CLIENT));
  }

  private static TopicTemplate parse(String option, String topic, Set<String> placeholders) {
    try {
      return TopicTemplate.parse(topic, placeholders);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + " " + topic + ": " + e.getMessage(), e);
    }
  }
}
