package org.aand.serve.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.aand.common.listing.FileNames;
import org.aand.serve.DetectionService;
import org.aand.serve.ResultRecorder;
import org.aand.serve.ServiceSettings;
import org.aand.serve.sink.Problems;
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
      "Answers over HTTP: POST /detect with an image as body, or as the one file of a form, gives"
          + " JSON, with ?heatmap=true a heatmap too. GET / is a page to drop images on; /health, /metrics."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  aand serve --model runs/bottle --port 8080",
      "  curl --data-binary @part.png http://127.0.0.1:8080/detect",
      "  curl -F file=@part.png http://127.0.0.1:8080/detect?heatmap=true",
      "  aand serve --model runs/bottle --csv results.csv",
      "  aand serve --model runs/bottle --mqtt mqtt://broker --state results"
    })
public final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DetectorOptions by;

  @Mixin private SinkOptions sinks;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Folder where results wait; needed with --webhook and --mqtt.")
  private @Nullable Path state;

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

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ServeCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    var settings = settings();
    var problems = Problems.toPeople(line -> spec.commandLine().getErr().println("aand: " + line));
    try (var interruption = Interruption.handle();
        var detector = by.detector(spec);
        var open = sinks.open(stateFolder(), spec, by, VisionState.READY, problems);
        var service =
            DetectionService.start(
                detector,
                "Model " + by.model(),
                settings,
                new ResultRecorder(open.all(), FileNames.last(by.model()), problems))) {
      // Then all accepted requests are answered, and their results handed on.
      var ended = new CountDownLatch(1);
      interruption.stopBy(ended::countDown);
      var out = spec.commandLine().getOut();
      out.println("Serving " + by.model() + " at " + service.address() + " (Ctrl-C ends)");
      if (detector.rule().threshold().isEmpty()) {
        out.println("The model is not calibrated: scores only, no decisions.");
      }
      ended.await();
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
