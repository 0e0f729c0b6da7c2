package org.aand.serve.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.aand.serve.AccessTokens;
import org.aand.serve.DetectionService;
import org.aand.serve.ResultRecorder;
import org.aand.serve.ReviewFolder;
import org.aand.serve.ServiceSettings;
import org.aand.serve.TlsSettings;
import org.aand.serve.sink.Problems;
import org.aand.serve.sink.opcua.VisionState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: models as an HTTP service. */
@Command(
    name = "serve",
    description = {
      "Answers over HTTP: POST /detect with an image as body, or as the one file of a form, gives"
          + " JSON, with ?heatmap=true a heatmap too, with ?outline=true the regions' outlines. GET /"
          + " is a page to drop images on; /models,"
          + " /health, /metrics, /openapi.json. Several models: /models/NAME/detect. A model is"
          + " loaded again when its file changes."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  aand serve --model runs/bottle --port 8080",
      "  aand serve --model bottle=runs/bottle --model cap=runs/cap",
      "  aand serve --model runs/bottle --host 0.0.0.0 --token-file tokens \\",
      "             --tls-keystore plant.p12 --tls-password-file plant.password",
      "  aand serve --model runs/bottle --csv results.csv",
      "  aand serve --model runs/bottle --reviews reviews",
      "  aand serve --model runs/bottle --mqtt mqtt://broker --state results",
      "  curl --data-binary @part.png http://127.0.0.1:8080/detect",
      "  curl -F file=@part.png http://127.0.0.1:8080/detect?heatmap=true"
    })
public final class ServeCommand implements Callable<Integer> {
  private static final String TLS_PASSWORD = "AAND_TLS_PASSWORD";

  @Spec private CommandSpec spec;

  @Mixin private ServedModels models;

  @Mixin private DriftOptions drift;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = ServiceSettings.LOCALHOST,
      description = {
        "Address to bind to (default: ${DEFAULT-VALUE}, this machine alone). One that other"
            + " machines reach needs --token-file, or --insecure."
      })
  private String host;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "File of tokens, one a line; requests then need one (Authorization: Bearer TOKEN), except"
            + " for the page, /health and /openapi.json."
      })
  private @Nullable Path tokenFile;

  @Option(
      names = "--tls-keystore",
      paramLabel = "FILE",
      description = "PKCS #12 file of a key and its certificate: answers over HTTPS.")
  private @Nullable Path keyStore;

  @Option(
      names = "--tls-password-file",
      paramLabel = "FILE",
      description =
          "File whose first line is the password of --tls-keystore; without it the environment"
              + " variable "
              + TLS_PASSWORD
              + ".")
  private @Nullable Path passwordFile;

  @Option(names = "--insecure", description = "Let other machines in without a token.")
  private boolean insecure;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port to bind to (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--max-upload",
      paramLabel = "BYTES",
      defaultValue = "33554432",
      description = "Larger images are refused (default: ${DEFAULT-VALUE}).")
  private long maxUpload;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      defaultValue = "25000000",
      description = "Images of more pixels are refused (default: ${DEFAULT-VALUE}).")
  private long maxPixels;

  @Option(
      names = "--max-concurrent",
      paramLabel = "N",
      defaultValue = "8",
      description = "Images processed at a time; more are refused (default: ${DEFAULT-VALUE}).")
  private int maxConcurrent;

  @Mixin private SinkOptions sinks;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Folder where results wait; needed with --webhook and --mqtt.")
  private @Nullable Path state;

  @Option(
      names = "--reviews",
      paramLabel = "DIR",
      description = {
        "Folder where people's reviews are kept, with a copy of each image that was reviewed: the"
            + " page and /models/NAME/results let them mark false alarms and missed defects."
            + " calibrate --reviews DIR/NAME goes by them."
      })
  private @Nullable Path reviews;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ServeCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    var settings = settings();
    var err = spec.commandLine().getErr();
    try (var interruption = Interruption.handle();
        var problems = Problems.toPeople(line -> err.println("aand: " + line));
        var served = models.load(spec, drift.settings(spec));
        var open =
            sinks.open(
                stateFolder(), spec, served.names(), models::isModel, VisionState.READY, problems);
        var service =
            DetectionService.start(
                served.all(),
                settings,
                new ResultRecorder(open.all(), problems),
                Optional.ofNullable(reviews).map(ReviewFolder::at))) {
      // The JVM ends when all accepted requests are answered and handed on.
      var asked = new CountDownLatch(1);
      interruption.stopBy(asked::countDown);
      var out = spec.commandLine().getOut();
      out.println(
          "Serving "
              + String.join(", ", served.names())
              + " at "
              + service.address()
              + " (Ctrl-C ends)");
      for (var model : served.all()) {
        if (!model.calibrated()) {
          out.println("Model " + model.name() + " is not calibrated: scores only, no decisions.");
        }
      }
      asked.await();
      interruption.succeeded();
    }
    return CommandLine.ExitCode.OK;
  }

  private Path stateFolder() {
    if (state == null && sinks.needsState()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--webhook needs --state, and --mqtt too: a folder where results wait");
    }
    return state == null ? Path.of("") : state;
  }

  private ServiceSettings settings() {
    var tokens = Optional.ofNullable(tokenFile).map(AccessTokens::read);
    try {
      var settings =
          ServiceSettings.defaults()
              .at(host, port)
              .accepting(maxUpload, maxPixels, maxConcurrent)
              .protectedBy(tokens, tls());
      if (settings.reachable() && tokens.isEmpty() && !insecure) {
        throw new IllegalArgumentException(
            "other machines reach "
                + host
                + "; give --token-file, so that not everybody can use the service, or --insecure");
      }
      return settings;
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<TlsSettings> tls() {
    if (keyStore == null) {
      if (passwordFile != null) {
        throw new IllegalArgumentException("--tls-password-file goes with --tls-keystore");
      }
      return Optional.empty();
    }
    var password =
        Secret.of(Optional.ofNullable(passwordFile), TLS_PASSWORD)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--tls-keystore needs its password: give --tls-password-file, or set "
                            + TLS_PASSWORD));
    return Optional.of(new TlsSettings(keyStore, password));
  }
}
