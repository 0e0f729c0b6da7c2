package org.aand.serve.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.aand.serve.AccessTokens;
import org.aand.serve.DetectionService;
import org.aand.serve.ServedModel;
import org.aand.serve.ServiceSettings;
import org.aand.serve.TlsSettings;
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
          + " JSON, with ?heatmap=true a heatmap too. GET / is a page to drop images on; /models,"
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
      "  aand serve --model runs/bottle --host 0.0.0.0 --token-file tokens --tls-keystore plant.p12 \\",
      "             --tls-password-file plant.password",
      "  curl --data-binary @part.png http://127.0.0.1:8080/detect",
      "  curl -F file=@part.png http://127.0.0.1:8080/detect?heatmap=true"
    })
public final class ServeCommand implements Callable<Integer> {
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
      description = "File whose first line is the password of --tls-keystore.")
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

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ServeCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    var settings = settings();
    var served = models.load(spec, drift.settings(spec));
    try (var service = DetectionService.start(served, settings)) {
      var ended = new CountDownLatch(1);
      // The JVM ends when its hooks have: this one waits until all accepted requests are answered.
      var hook = new Thread(() -> stop(service, ended), "stop");
      Runtime.getRuntime().addShutdownHook(hook);
      var out = spec.commandLine().getOut();
      out.println(
          "Serving "
              + served.stream().map(ServedModel::name).collect(Collectors.joining(", "))
              + " at "
              + service.address()
              + " (Ctrl-C ends)");
      for (var model : served) {
        if (!model.calibrated()) {
          out.println("Model " + model.name() + " is not calibrated: scores only, no decisions.");
        }
      }
      ended.await();
    } finally {
      served.forEach(ServedModel::close);
    }
    return CommandLine.ExitCode.OK;
  }

  private static void stop(DetectionService service, CountDownLatch ended) {
    service.close();
    ended.countDown();
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
    if (keyStore == null && passwordFile == null) {
      return Optional.empty();
    }
    if (keyStore == null || passwordFile == null) {
      throw new IllegalArgumentException("--tls-keystore and --tls-password-file go together");
    }
    return Optional.of(new TlsSettings(keyStore, firstLine(passwordFile)));
  }

  private static String firstLine(Path file) {
    try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.findFirst().orElse("");
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(
          "the password in " + file + " cannot be read (" + IoReason.describe(e) + ")", e);
    }
  }
}
