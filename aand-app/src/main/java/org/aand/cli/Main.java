package org.aand.cli;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.aand.backend.Backend;
import org.aand.common.InputException;
import org.aand.serve.cli.ByteSize;
import org.aand.serve.cli.CalibrateCommand;
import org.aand.serve.cli.CommandProgram;
import org.aand.serve.cli.CompletionCommand;
import org.aand.serve.cli.DriftCommand;
import org.aand.serve.cli.InspectCommand;
import org.aand.serve.cli.PredictCommand;
import org.aand.serve.cli.SecondJvm;
import org.aand.serve.cli.ServeCommand;
import org.aand.serve.cli.VersionProvider;
import org.aand.serve.cli.WatchCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The whole program and its commands; without a command, {@code demo}. */
@Command(
    name = "aand",
    description = "Finds defects in images of products, after training on normal ones alone.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Without a command the demo runs: a generated product, no files needed.",
      "Help for a command: aand COMMAND --help"
    })
public final class Main extends CommandProgram {
  private static final String DEMO = "demo";

  @Option(
      names = "--max-memory",
      scope = ScopeType.INHERIT,
      paramLabel = "SIZE",
      converter = ByteSize.class,
      description =
          "Memory that the program may use, e.g. 6g or 800m (default: 90 %% of the machine's).")
  private @Nullable Long maxMemory;

  private Main() {}

  /** Runs the program and, unless all went well, ends the JVM with the exit code. */
  public static void main(String[] arguments) {
    var given = arguments.length == 0 ? new String[] {DEMO} : arguments;
    int code = SecondJvm.runWith(Main.class, runningNetworks(), given).orElseGet(() -> run(given));
    if (code != 0) {
      System.exit(code);
    }
  }

  /** The commands that train or detect. */
  private static Set<String> runningNetworks() {
    var commands = new HashSet<>(org.aand.serve.cli.Main.DETECTING);
    commands.addAll(List.of("train", "pretrain", "evaluate", "experiment", DEMO));
    return commands;
  }

  /** Runs the program; the exit code. */
  static int run(String... arguments) {
    return run(commandLine(arguments), arguments);
  }

  static int run(CommandLine commandLine, String... arguments) {
    try {
      return commandLine.execute(TrainCommand.withConfiguration(arguments));
    } catch (InputException e) {
      commandLine.getErr().println("aand: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  /**
   * Runs the program in this JVM, for other programs that start its commands; the exit code.
   *
   * @param out for what it says
   * @param err for what went wrong
   */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return run(commandLine(arguments).setOut(out).setErr(err), arguments);
  }

  static CommandLine commandLine(String... arguments) {
    var commandLine = new Main().toCommandLine(arguments);
    OptionTypes.useIn(commandLine);
    return commandLine;
  }

  @Override
  protected int run(CommandLine.ParseResult parsed) {
    var command = parsed.commandSpec().commandLine();
    try {
      Backend.prepare(maxMemory == null ? OptionalLong.empty() : OptionalLong.of(maxMemory));
      return super.run(parsed);
    } catch (InputException e) {
      throw failure(command, e);
    } catch (LinkageError e) {
      throw failure(command, Backend.unusable(e));
    }
  }

  @Override
  protected List<Class<?>> commands() {
    return List.of(
        TrainCommand.class,
        EvaluateCommand.class,
        ExperimentCommand.class,
        CalibrateCommand.class,
        PredictCommand.class,
        ServeCommand.class,
        WatchCommand.class,
        InspectCommand.class,
        DriftCommand.class,
        ExportCommand.class,
        ForegroundCommand.class,
        WeightsCommand.class,
        PretrainCommand.class,
        DoctorCommand.class,
        DemoCommand.class,
        CompletionCommand.class);
  }

  @Override
  protected String memoryAdvice() {
    return "take smaller batches (--batch-size), or allow more (--max-memory; for the Java heap"
        + " -Xmx)";
  }
}
