package org.aand.serve.cli;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.aand.serve.sink.Problems;
import org.aand.serve.sink.mqtt.MqttDelivery;
import org.aand.serve.sink.opcua.OpcUaSink;
import org.aand.serve.sink.opcua.VisionState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;

/** The options of the commands that tell results to the plant's other machines. */
final class PlantOptions {
  @ArgGroup(exclusive = false, heading = "%nMQTT:%n")
  private @Nullable MqttOptions mqtt;

  @ArgGroup(exclusive = false, heading = "%nOPC UA:%n")
  private @Nullable OpcUaOptions opcua;

  /** Whether results wait on disk for another machine. */
  boolean spools() {
    return mqtt != null;
  }

  /**
   * Checks what can be checked before anything is opened.
   *
   * @throws picocli.CommandLine.ParameterException if an option cannot be used
   */
  void check(CommandSpec spec) {
    if (mqtt != null) {
      var unused = mqtt.settings(spec);
    }
    if (opcua != null) {
      var unused = opcua.settings(spec);
    }
  }

  /**
   * Connects to the broker, if one is named.
   *
   * @throws org.aand.common.InputException if the broker refuses, or is not trusted
   */
  Optional<MqttDelivery> mqtt(CommandSpec spec, Problems problems) {
    return Optional.ofNullable(mqtt)
        .map(options -> MqttDelivery.open(options.settings(spec), problems));
  }

  /**
   * Starts the OPC UA server, if there is to be one.
   *
   * @param models that decide
   * @param state what the program does with them
   * @throws org.aand.common.InputException if the port or the folder of certificates cannot be used
   */
  Optional<OpcUaSink> opcua(
      CommandSpec spec, List<String> models, VisionState state, Problems problems) {
    return Optional.ofNullable(opcua)
        .map(
            options ->
                OpcUaSink.open(options.settings(spec), models, state, Clock.systemUTC(), problems));
  }
}
