package org.aand.serve.sink.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Keeps all messages that a broker has for it, over its restarts. */
public final class Subscriber implements AutoCloseable {
  private final List<Mqtt5Publish> messages = new CopyOnWriteArrayList<>();
  private final Mqtt5BlockingClient client;

  /** Subscribes to what a filter names. */
  public Subscriber(int port, String filter) {
    client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("subscriber")
            .serverHost("127.0.0.1")
            .serverPort(port)
            .automaticReconnect()
            .initialDelay(50, TimeUnit.MILLISECONDS)
            .maxDelay(200, TimeUnit.MILLISECONDS)
            .applyAutomaticReconnect()
            .buildBlocking();
    var ignored = client.connectWith().cleanStart(false).noSessionExpiry().send();
    var subscribed =
        client
            .toAsync()
            .subscribeWith()
            .topicFilter(filter)
            .qos(MqttQos.AT_LEAST_ONCE)
            .callback(messages::add)
            .send()
            .join();
  }

  /** What has come so far. */
  public List<Mqtt5Publish> messages() {
    return List.copyOf(messages);
  }

  /** Waits until there are that many messages, or more, and gives them. */
  public List<Mqtt5Publish> await(int number) throws InterruptedException {
    for (int i = 0; i < 3000 && messages.size() < number; i++) {
      Thread.sleep(20);
    }
    assertTrue(messages.size() >= number, () -> messages.size() + " messages have come");
    return messages();
  }

  /** The payload as text. */
  public static String text(Mqtt5Publish message) {
    return new String(message.getPayloadAsBytes(), UTF_8);
  }

  @Override
  public void close() {
    client.disconnect();
  }
}
