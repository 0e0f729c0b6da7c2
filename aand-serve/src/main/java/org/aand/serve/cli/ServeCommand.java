package org.aand.serve.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.aand.common.listing.FileNames;
import org.aand.serve.DetectionService;
import org.aand.serve.ResultQueue;
import org.aand.serve.ServiceSettings;
import org.aand.serve.sink.RateLimitedProblems;
import org.aand.serve.sink.opcua.VisionState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: a model as an HTTP service. */
@Command(
    name = "serve",
    description = {
      "Answers over HTTP, and hands each result on: POST /detect with an image as body, or as the one file of a form, gives"
          + " JSON, with ?heatmap=true a heatmap too. GET / is a page to drop images on; /health, /metrics."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  aand serve --model runs/bottle --port 8080",
      "  aand serve --model runs/bottle --mqtt mqtt://broker",
      "  aand serve --model runs/bottle --opcua 4840 --opcua-anonymous",
      "  curl --data-binary @part.png http://127.0.0.1:8080/detect",
      "  curl -F file=@part.png http://127.0.0.1:8080/detect?heatmap=true"
    })
public final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DetectorOptions by;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = ServiceSettings.LOCALHOST,
      description = "Address to bind to (default: ${DEFAULT-VALUE}, this machine alone).")
  private String host;

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
      description =
          "Folder for results that wait; one service at a time has it (default:"
              + " ~/.aand/serve-PORT).")
  private @Nullable Path state;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ServeCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    var settings = settings();
    var err = spec.commandLine().getErr();
    var problems = new RateLimitedProblems(line -> err.println("aand: " + line), System::nanoTime);
    var name = FileNames.last(by.model());
    try (var interruption = Interruption.handle();
        var detector = by.detector(spec);
        var open = sinks.open(stateFolder(), spec, by, VisionState.READY, problems);
        var results = ResultQueue.start(open.all(), Clock.systemUTC(), problems);
        var service =
            DetectionService.start(
                detector, "Model " + by.model(), settings, row -> results.accept(name, row))) {
      // The JVM ends when all accepted requests are answered and handed on.
      var asked = new CountDownLatch(1);
      interruption.stopBy(asked::countDown);
      var out = spec.commandLine().getOut();
      out.println("Serving " + by.model() + " at " + service.address() + " (Ctrl-C ends)");
      if (detector.rule().threshold().isEmpty()) {
        out.println("The model is not calibrated: scores only, no decisions.");
      }
      asked.await();
    }
    return CommandLine.ExitCode.OK;
  }

  private Path stateFolder() {
    return state != null
        ? state
        : Path.of(System.getProperty("user.home"), ".aand", "serve-" + port);
  }

  private ServiceSettings settings() {
    try {
      return ServiceSettings.defaults()
          .at(host, port)
          .accepting(maxUpload, maxPixels, maxConcurrent);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
