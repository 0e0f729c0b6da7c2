package org.aand.serve.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program for trained models alone; without a command it lists the commands. */
@Command(
    name = "aand",
    description = "Finds defects in images of products by a trained model.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Help for a command: aand COMMAND --help",
      "Models are trained by the whole program, aand.jar."
    })
public final class Main extends CommandProgram {
  /** The commands that run a network. */
  public static final Set<String> DETECTING =
      Set.of("predict", "serve", "watch", "calibrate", "drift");

  /** Runs the program and, unless all went well, ends the JVM with the exit code. */
  public static void main(String[] arguments) {
    int code =
        SecondJvm.runWith(Main.class, DETECTING, arguments)
            .orElseGet(() -> run(new Main().toCommandLine(arguments), arguments));
    if (code != 0) {
      System.exit(code);
    }
  }

  static int run(CommandLine commandLine, String... arguments) {
    if (arguments.length == 0) {
      commandLine.usage(commandLine.getErr());
      return CommandLine.ExitCode.USAGE;
    }
    return commandLine.execute(arguments);
  }

  @Override
  protected List<Class<?>> commands() {
    return List.of(
        PredictCommand.class,
        ServeCommand.class,
        WatchCommand.class,
        CalibrateCommand.class,
        InspectCommand.class,
        DriftCommand.class,
        CompletionCommand.class);
  }

  @Override
  protected String memoryAdvice() {
    return "or allow more (java -Xmx)";
  }

  @Override
  protected String commandAdvice() {
    return " here; the whole program, aand.jar, has more";
  }
}
