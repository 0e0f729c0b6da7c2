package org.aand.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.aand.backend.Backend;
import org.aand.common.InputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The program and its commands; without a command, {@code demo}.
 *
 * <p>Exit codes: 0 done, 1 something could not be used or failed, 2 wrong usage; {@code predict}
 * has one more.
 */
@Command(
    name = "aand",
    description = "Finds defects in images of products, after training on good ones alone.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      ExperimentCommand.class,
      CalibrateCommand.class,
      PredictCommand.class,
      ServeCommand.class,
      InspectCommand.class,
      ExportCommand.class,
      ForegroundCommand.class,
      WeightsCommand.class,
      PretrainCommand.class,
      DoctorCommand.class,
      DemoCommand.class,
      CompletionCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Without a command the demo runs: a generated product, no files needed.",
      "Help for a command: aand COMMAND --help"
    })
public final class Main implements Runnable {
  private static final String OUT_OF_MEMORY =
      "the memory did not suffice; close other programs, take smaller batches (--batch-size), or"
          + " allow more (--max-memory; for the Java heap -Xmx)";

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "With an error, show where in the program it arose.")
  private boolean debug;

  @Option(
      names = "--max-memory",
      scope = ScopeType.INHERIT,
      paramLabel = "SIZE",
      converter = MemorySize.class,
      description =
          "Memory that the program may use, e.g. 6g or 800m (default: 90 %% of the machine's).")
  private @Nullable Long maxMemory;

  private Main() {}

  /** Runs the program and, unless all went well, ends the JVM with the exit code. */
  public static void main(String[] arguments) {
    int code = run(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Runs the program; the exit code. */
  static int run(String... arguments) {
    return run(commandLine(), arguments);
  }

  static int run(CommandLine commandLine, String... arguments) {
    try {
      return commandLine.execute(
          arguments.length == 0
              ? new String[] {"demo"}
              : TrainCommand.withConfiguration(arguments));
    } catch (InputException e) {
      commandLine.getErr().println("aand: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  static CommandLine commandLine() {
    var main = new Main();
    var commandLine = new CommandLine(main);
    commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    // What a configuration says stands before what was typed.
    commandLine.setOverwrittenOptionsAllowed(true);
    commandLine.setExecutionStrategy(main::execute);
    commandLine.setExecutionExceptionHandler(
        (exception, command, parsed) -> main.failed(exception, command));
    commandLine.setParameterExceptionHandler(Main::misused);
    return commandLine;
  }

  /** Help needs no backend; everything else has it prepared first. */
  private int execute(CommandLine.ParseResult parsed) {
    var command = parsed.commandSpec().commandLine();
    var help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return written(help, command);
    }
    try {
      Backend.prepare(maxMemory == null ? OptionalLong.empty() : OptionalLong.of(maxMemory));
    } catch (InputException e) {
      throw failure(command, e);
    }
    try {
      return written(new CommandLine.RunLast().execute(parsed), command);
    } catch (OutOfMemoryError e) {
      throw failure(command, new InputException(OUT_OF_MEMORY, e));
    } catch (LinkageError e) {
      throw failure(command, Backend.unusable(e));
    }
  }

  /** A writer to standard output keeps errors to itself until it is asked. */
  private static int written(int code, CommandLine command) {
    if (!command.getOut().checkError()) {
      return code;
    }
    throw failure(command, new InputException(StandardOutput.UNWRITABLE));
  }

  private static CommandLine.ExecutionException failure(CommandLine command, InputException e) {
    return new CommandLine.ExecutionException(command, String.valueOf(e.getMessage()), e);
  }

  private int failed(Exception exception, CommandLine command) {
    var err = command.getErr();
    boolean known = exception instanceof InputException;
    err.println(
        "aand: "
            + (known
                ? exception.getMessage()
                : "failed unexpectedly: "
                    + exception
                    + "; run again with --debug and report what it prints"));
    if (debug) {
      exception.printStackTrace(err);
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static int misused(CommandLine.ParameterException exception, String[] arguments) {
    var command = exception.getCommandLine();
    // What is unknown goes first: an option that is missing may only be misspelt.
    var unknown = command.getUnmatchedArguments();
    command
        .getErr()
        .println(
            "aand: "
                + (unknown.isEmpty() ? exception.getMessage() : unknown(unknown.get(0), command))
                + "; see "
                + command.getCommandSpec().qualifiedName()
                + " --help");
    return CommandLine.ExitCode.USAGE;
  }

  private static String unknown(String argument, CommandLine command) {
    var kind = argument.startsWith("-") || command.getSubcommands().isEmpty();
    return "there is no "
        + (argument.startsWith("-") ? "option" : kind ? "argument" : "command")
        + " "
        + argument.replaceAll("\\p{Cntrl}", "?")
        + Suggestion.of(argument, command).map(meant -> "; did you mean " + meant + "?").orElse("");
  }

  @Override
  public void run() {
    throw new IllegalStateException("a command is always chosen");
  }
}
