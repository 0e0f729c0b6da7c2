package org.aand.serve.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.aand.common.InputException;
import org.aand.common.file.OutputPlace;
import org.aand.serve.sink.Delivery;
import org.aand.serve.sink.FileSink;
import org.aand.serve.sink.Problems;
import org.aand.serve.sink.ResultSink;
import org.aand.serve.sink.RowFormat;
import org.aand.serve.sink.SpoolSettings;
import org.aand.serve.sink.SpooledSink;
import org.aand.serve.sink.WebhookDelivery;
import org.aand.serve.sink.opcua.VisionState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of the commands that hand on each result as it is found. */
final class SinkOptions {
  /** Environment variable that holds the secret to sign webhooks by. */
  private static final String SECRET = "AAND_WEBHOOK_SECRET";

  @Option(
      names = "--jsonl",
      paramLabel = "FILE",
      description = "Append each result to a file, as a line of JSON.")
  private @Nullable Path jsonl;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Append each result to a CSV file, which begins with a header.")
  private @Nullable Path csv;

  @Option(
      names = "--rotate",
      paramLabel = "SIZE",
      converter = ByteSize.class,
      defaultValue = "100MB",
      description =
          "Rename these files when they have this size, results.csv to results.000001.csv and so"
              + " on, and begin new ones (default: ${DEFAULT-VALUE}).")
  private long rotate;

  @Option(
      names = "--webhook",
      paramLabel = "URL",
      description =
          "POST each result as JSON. Results wait on disk while nobody answers; what the"
              + " other side refuses is put aside in webhook/refused.jsonl of the state folder.")
  private @Nullable String webhook;

  @Option(
      names = "--webhook-secret",
      paramLabel = "FILE",
      description =
          "File with a secret in its first line: the header X-Signature-256 is then sha256= and the"
              + " HMAC-SHA256 of the body (default: the environment's "
              + SECRET
              + ", if it is set).")
  private @Nullable Path webhookSecret;

  @Option(
      names = "--webhook-timeout",
      paramLabel = "TIME",
      converter = DurationOption.class,
      defaultValue = "10s",
      description = "Wait so long for an answer (default: ${DEFAULT-VALUE}).")
  private Duration webhookTimeout;

  @Option(
      names = "--spool",
      paramLabel = "SIZE",
      converter = ByteSize.class,
      defaultValue = "256MB",
      description =
          "Let so much wait on disk for each that is away; beyond, the oldest results are dropped,"
              + " which is said and counted (default: ${DEFAULT-VALUE}).")
  private long spool;

  @Mixin private PlantOptions plant;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  SinkOptions() {}

  /** Whether a sink keeps something on disk that has to survive a restart. */
  boolean needsState() {
    return webhook != null || plant.spools();
  }

  /**
   * Opens the sinks that were asked for, to be closed by the caller.
   *
   * @param state folder where results wait
   * @param models the names of those that decide
   * @param isModel whether a file is one of them
   * @param doing what the program does, for OPC UA
   * @throws CommandLine.ParameterException if two are the same, or an option cannot be used
   * @throws InputException if one cannot be used
   */
  Sinks open(
      Path state,
      CommandSpec spec,
      List<String> models,
      Predicate<Path> isModel,
      VisionState doing,
      Problems problems) {
    for (var file : files()) {
      if (isModel.test(file)) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "cannot write results to " + file + ": it is the model");
      }
    }
    if (jsonl != null && csv != null && OutputPlace.same(jsonl, csv)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--csv and --jsonl cannot go to the same file");
    }
    plant.check(spec);
    var spooling = spooling(spec);
    var sinks = new Sinks(new ArrayList<>());
    try {
      plant.opcua(spec, models, doing, problems).ifPresent(sinks.all()::add);
      if (jsonl != null) {
        sinks.all().add(FileSink.open(jsonl, RowFormat.JSON_LINES, rotate));
      }
      if (csv != null) {
        sinks.all().add(FileSink.open(csv, RowFormat.CSV, rotate));
      }
      if (webhook != null) {
        var delivery =
            new WebhookDelivery(
                address(webhook),
                webhookTimeout,
                Secret.of(Optional.ofNullable(webhookSecret), SECRET));
        sinks.all().add(SpooledSink.open(delivery, state, spooling, problems));
      }
      plant
          .mqtt(spec, problems)
          .ifPresent(delivery -> sinks.all().add(spooled(delivery, state, spooling, problems)));
      return sinks;
    } catch (RuntimeException e) {
      sinks.close();
      throw e;
    }
  }

  private static ResultSink spooled(
      Delivery delivery, Path state, SpoolSettings settings, Problems problems) {
    try {
      return SpooledSink.open(delivery, state, settings, problems);
    } catch (RuntimeException e) {
      delivery.close();
      throw e;
    }
  }

  /**
   * Open sinks.
   *
   * @param all in the order in which they are told
   */
  record Sinks(List<ResultSink> all) implements AutoCloseable {
    @Override
    public void close() {
      all.forEach(ResultSink::close);
    }
  }

  private List<Path> files() {
    return Stream.of(Optional.ofNullable(jsonl), Optional.ofNullable(csv))
        .flatMap(Optional::stream)
        .toList();
  }

  private SpoolSettings spooling(CommandSpec spec) {
    try {
      return SpoolSettings.defaults().upTo(spool);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static URI address(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new InputException("the webhook " + text + " is no address (" + e.getReason() + ")", e);
    }
  }
}
