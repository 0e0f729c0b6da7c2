package org.aand.serve.sink.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aand.api.Verdict;
import org.aand.serve.sink.Delivery;
import org.aand.serve.sink.Problems;
import org.aand.serve.sink.RefusedException;
import org.aand.serve.sink.ResultRecord;

/**
 * Publishes results to a broker with quality of service 1: at least once, so that a subscriber
 * leaves out what has an id that it has had. The id is a user property of the message as well.
 */
public final class MqttDelivery implements Delivery {
  static final String NAME = "mqtt";

  /** Where a topic names a verdict and an image could not be used. */
  private static final String ERROR = "error";

  /** On their way to the broker at a time; brokers allow 20 and more, and the client waits. */
  private static final int BATCH = 50;

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  private final MqttSettings settings;
  private final TopicTemplate topic;
  private final MqttConnection connection;

  private MqttDelivery(MqttSettings settings, MqttConnection connection) {
    this.settings = settings;
    this.connection = connection;
    topic = settings.results();
  }

  /**
   * Connects to the broker; one that is away is waited for when there is something to publish.
   *
   * @throws org.aand.common.InputException if the broker refuses, or is not trusted
   */
  public static MqttDelivery open(MqttSettings settings, Problems problems) {
    var broker = settings.broker();
    if (settings.login().isPresent() && !broker.tls() && !LOOPBACK.contains(broker.host())) {
      problems.occurred(
          NAME + " password",
          "the password for " + broker + " goes over the network in plain text; use mqtts://");
    }
    return new MqttDelivery(settings, MqttConnection.open(settings, problems));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public void deliver(List<ResultRecord> batch)
      throws IOException, RefusedException, InterruptedException {
    connection.publish(batch.stream().map(this::message).toList());
  }

  private Mqtt5Publish message(ResultRecord result) {
    var names =
        Map.of(
            MqttSettings.MODEL,
            result.model(),
            MqttSettings.VERDICT,
            result.verdict().map(Verdict::key).orElse(ERROR),
            MqttSettings.CLIENT,
            settings.client());
    return Mqtt5Publish.builder()
        .topic(topic.topic(names))
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(result.json().getBytes(UTF_8))
        .payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8)
        .contentType("application/json")
        .messageExpiryInterval(settings.expiry().toSeconds())
        .userProperties()
        .add("id", result.id())
        .applyUserProperties()
        .build();
  }

  @Override
  public void close() {
    connection.close();
  }
}
