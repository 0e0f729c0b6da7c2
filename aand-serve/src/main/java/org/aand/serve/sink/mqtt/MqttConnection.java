package org.aand.serve.sink.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aand.common.InputException;
import org.aand.serve.sink.Problems;
import org.aand.serve.sink.RefusedException;

/**
 * A connection to a broker that comes back by itself, and says on a retained topic whether it is
 * there.
 *
 * <p>Each connection begins a session of its own: what the broker has not acknowledged is lost with
 * the connection, and whoever published it is told and publishes it again.
 */
final class MqttConnection implements AutoCloseable {
  private static final String ONLINE = "online";
  private static final String OFFLINE = "offline";
  private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
  private static final Duration LONGEST_ACKNOWLEDGEMENT = Duration.ofSeconds(20);
  private static final Duration LONGEST_RETURN = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final MqttSettings settings;
  private final Problems problems;
  private final CompletableFuture<Void> first = new CompletableFuture<>();
  private volatile boolean closing;
  private final ExecutorService threads;
  private final Mqtt5AsyncClient client;

  private MqttConnection(MqttSettings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
    threads = Executors.newCachedThreadPool(MqttConnection::thread);
    client = client();
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "mqtt");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Connects, or goes on trying if the broker is away.
   *
   * @throws InputException if the broker refuses, or is not trusted
   */
  static MqttConnection open(MqttSettings settings, Problems problems) {
    var connection = new MqttConnection(settings, problems);
    var connected = connection.client.connect(connection.connect());
    try {
      connection.awaitFirst();
    } catch (ExecutionException e) {
      connection.close();
      throw new InputException("cannot publish to " + settings.broker() + ": " + Failure.of(e), e);
    } catch (InterruptedException e) {
      connection.close();
      Thread.currentThread().interrupt();
      throw new InputException("interrupted while connecting to " + settings.broker(), e);
    }
    return connection;
  }

  /** Waits for the first answer; a refusal that comes later is an absence like any other. */
  private void awaitFirst() throws ExecutionException, InterruptedException {
    try {
      first.get(FIRST_WAIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      if (first.complete(null)) {
        isAway("it does not answer");
      } else {
        first.get(); // it came just now
      }
    }
  }

  private Mqtt5AsyncClient client() {
    var broker = settings.broker();
    var builder =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(settings.client())
            .serverHost(broker.host())
            .serverPort(broker.port())
            .executorConfig()
            .nettyExecutor(threads)
            .nettyThreads(1)
            .applyExecutorConfig()
            .addConnectedListener(context -> connected())
            .addDisconnectedListener(this::disconnected);
    if (broker.tls()) {
      builder = builder.sslConfig(tls());
    }
    if (settings.login().isPresent()) {
      var login = settings.login().get();
      builder =
          builder
              .simpleAuth()
              .username(login.user())
              .password(login.password().getBytes(UTF_8))
              .applySimpleAuth();
    }
    return builder.buildAsync();
  }

  /** Without an authority it believes the system's, without a key it shows nothing. */
  private MqttClientSslConfig tls() {
    return MqttClientSslConfig.builder()
        .trustManagerFactory(settings.authority().map(Trust::of).orElse(null))
        .keyManagerFactory(settings.key().map(ClientKey::factory).orElse(null))
        .build();
  }

  private Mqtt5Connect connect() {
    return Mqtt5Connect.builder()
        .cleanStart(true)
        .sessionExpiryInterval(0)
        .keepAlive(KEEP_ALIVE_SECONDS)
        .willPublish(status(OFFLINE))
        .build();
  }

  /** The will is sent by the broker when the connection ends without a goodbye. */
  private Mqtt5Publish status(String status) {
    return Mqtt5Publish.builder()
        .topic(settings.status())
        .payload(status.getBytes(UTF_8))
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(true)
        .contentType("text/plain")
        .build();
  }

  private void connected() {
    // Not waited for: the broker's own thread brings the answer. A failure ends the connection.
    client.publish(status(ONLINE));
    first.complete(null);
    problems.over(MqttDelivery.NAME, settings.broker() + " is back");
  }

  private void isAway(String reason) {
    problems.occurred(
        MqttDelivery.NAME,
        settings.broker() + " is away: " + reason + "; results wait until it is back");
  }

  private void disconnected(MqttClientDisconnectedContext context) {
    if (closing || context.getSource() == MqttDisconnectSource.USER) {
      return;
    }
    var cause = context.getCause();
    if (Failure.isRefusal(cause) && first.completeExceptionally(cause)) {
      return;
    }
    isAway(Failure.of(cause));
    first.complete(null);
    var reconnector = context.getReconnector();
    reconnector.reconnect(true).delay(pause(reconnector.getAttempts()), TimeUnit.MILLISECONDS);
  }

  private static long pause(int attempts) {
    long doubled = SHORTEST_PAUSE.toMillis() << Math.min(attempts, 10);
    return Math.min(doubled, LONGEST_PAUSE.toMillis());
  }

  /**
   * Publishes messages and waits until the broker has them all.
   *
   * @throws IOException if the broker is away or does not take one for now; which of them it has is
   *     unknown then
   * @throws RefusedException if it will never take one of them
   */
  void publish(List<Mqtt5Publish> messages)
      throws IOException, RefusedException, InterruptedException {
    // The client itself would keep them in memory until the broker is back.
    if (!isConnectedWithin(LONGEST_RETURN)) {
      throw new IOException(settings.broker() + " is away");
    }
    var sent = messages.stream().map(client::publish).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(sent).get(LONGEST_ACKNOWLEDGEMENT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      var reason = settings.broker() + ": " + Failure.of(e);
      if (Failure.isOfTheMessage(e)) {
        throw new RefusedException(reason);
      }
      throw new IOException(reason, e);
    } catch (TimeoutException e) {
      throw new IOException(settings.broker() + " does not acknowledge", e);
    }
  }

  /** Whether it is connected, or is so before long: then what waits goes out without a pause. */
  private boolean isConnectedWithin(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (!client.getState().isConnected()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      Thread.sleep(POLL.toMillis());
    }
    return true;
  }

  /** Says goodbye, so that the broker publishes no will, but what the will would say. */
  @Override
  public void close() {
    closing = true;
    try {
      if (client.getState().isConnected()) {
        client
            .publish(status(OFFLINE))
            .thenCompose(done -> client.disconnect())
            .get(LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      // It goes away just now; the will says the same to those who ask the broker later.
      isAway(Failure.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      threads.shutdownNow();
    }
  }
}
