package org.aand.serve.sink.mqtt;

import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a broker is not reached or does not take a message, in words for whoever runs the line. */
final class Failure {
  /** What a repetition does not help against. */
  private static final Set<Mqtt5ConnAckReasonCode> REFUSALS =
      EnumSet.of(
          Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD,
          Mqtt5ConnAckReasonCode.NOT_AUTHORIZED,
          Mqtt5ConnAckReasonCode.BAD_AUTHENTICATION_METHOD,
          Mqtt5ConnAckReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
          Mqtt5ConnAckReasonCode.UNSUPPORTED_PROTOCOL_VERSION,
          Mqtt5ConnAckReasonCode.TOPIC_NAME_INVALID,
          Mqtt5ConnAckReasonCode.RETAIN_NOT_SUPPORTED,
          Mqtt5ConnAckReasonCode.QOS_NOT_SUPPORTED,
          Mqtt5ConnAckReasonCode.BANNED);

  private static final Set<Mqtt5PubAckReasonCode> MESSAGE_REFUSALS =
      EnumSet.of(
          Mqtt5PubAckReasonCode.TOPIC_NAME_INVALID, Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID);

  private Failure() {}

  /** Whether the same will happen again until somebody changes a setting. */
  static boolean isRefusal(Throwable failure) {
    boolean tls =
        beneath(failure, SSLException.class) != null
            && beneath(failure, SslHandshakeTimeoutException.class) == null;
    return tls
        || beneath(failure, Mqtt5ConnAckException.class) instanceof Mqtt5ConnAckException refused
            && REFUSALS.contains(refused.getMqttMessage().getReasonCode());
  }

  /** Whether it is for what the message is, so that the broker will never take it. */
  static boolean isOfTheMessage(Throwable failure) {
    return beneath(failure, MqttEncodeException.class) != null
        || beneath(failure, Mqtt5PubAckException.class) instanceof Mqtt5PubAckException refused
            && MESSAGE_REFUSALS.contains(refused.getMqttMessage().getReasonCode());
  }

  /** What happened, and what to do if that is known. */
  static String of(Throwable failure) {
    if (beneath(failure, Mqtt5ConnAckException.class) instanceof Mqtt5ConnAckException refused) {
      return refused(refused.getMqttMessage().getReasonCode());
    }
    if (beneath(failure, Mqtt5PubAckException.class) instanceof Mqtt5PubAckException refused) {
      return "it takes no message of this topic: "
          + words(refused.getMqttMessage().getReasonCode());
    }
    if (beneath(failure, Mqtt5DisconnectException.class)
        instanceof Mqtt5DisconnectException ended) {
      return ended(words(ended.getMqttMessage().getReasonCode()));
    }
    if (beneath(failure, SSLException.class) instanceof SSLException tls) {
      return "no TLS connection: "
          + firstLine(tls)
          + "; check the port, and name the broker's authority by --mqtt-ca";
    }
    if (beneath(failure, UnknownHostException.class) != null) {
      return "there is no machine of that name";
    }
    if (beneath(failure, ConnectException.class) != null) {
      return "nothing answers at that port";
    }
    var io = beneath(failure, IOException.class);
    var cause = failure.getCause();
    return firstLine(io != null ? io : cause != null ? cause : failure);
  }

  private static String refused(Mqtt5ConnAckReasonCode code) {
    return switch (code) {
      case BAD_USER_NAME_OR_PASSWORD, NOT_AUTHORIZED ->
          "it refuses the user or the password; check --mqtt-user and the password";
      case CLIENT_IDENTIFIER_NOT_VALID ->
          "it refuses this client's name; choose another by --mqtt-client";
      case UNSUPPORTED_PROTOCOL_VERSION -> "it does not speak MQTT 5";
      default -> "it refuses the connection: " + words(code);
    };
  }

  private static String ended(String reason) {
    return reason.equals("session taken over")
        ? "another client has the same name; choose another by --mqtt-client"
        : "it ended the connection: " + reason;
  }

  private static String words(Enum<?> code) {
    return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .findFirst()
        .orElse(failure.getClass().getSimpleName());
  }

  private static @Nullable Throwable beneath(
      @Nullable Throwable failure, Class<? extends Throwable> kind) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return cause;
      }
    }
    return null;
  }
}
