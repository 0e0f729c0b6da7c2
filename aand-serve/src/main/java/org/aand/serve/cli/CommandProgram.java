package org.aand.serve.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.aand.common.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * A program of commands: how they are run, and what is said when one fails. The subclass names the
 * commands.
 *
 * <p>Exit codes: 0 done, 1 something could not be used or failed, 2 wrong usage; {@code predict}
 * has one more.
 */
public abstract class CommandProgram implements Runnable {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "On an error, print where in the program it occurred.")
  private boolean debug;

  /** How the program is asked to do with less memory, completing "close other programs, ". */
  protected abstract String memoryAdvice();

  /** Completes what is said of a command that there is not; empty for nothing. */
  protected String commandAdvice() {
    return "";
  }

  /** The commands, in the order in which help lists them. */
  protected abstract List<Class<?>> commands();

  /**
   * The program as a command line that writes to the standard streams.
   *
   * @param arguments that it will run, and no others: where the first one is a command, the other
   *     commands have no options, as reading all takes longer than many a command. None for a line
   *     that describes all.
   */
  public final CommandLine toCommandLine(String... arguments) {
    var commandLine = new CommandLine(this);
    addCommands(commandLine, arguments);
    commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    ValueWords.useIn(commandLine);
    // What a configuration says stands before what was typed.
    commandLine.setOverwrittenOptionsAllowed(true);
    commandLine.setExecutionStrategy(this::execute);
    commandLine.setExecutionExceptionHandler(
        (exception, command, parsed) -> failed(exception, command));
    commandLine.setParameterExceptionHandler(this::misused);
    return commandLine;
  }

  private void addCommands(CommandLine commandLine, String... arguments) {
    var first = arguments.length > 0 ? arguments[0] : "";
    // The script of completion has the options of all.
    boolean alone =
        commands().stream()
            .anyMatch(command -> command != CompletionCommand.class && name(command).equals(first));
    for (var command : commands()) {
      boolean described = !alone || name(command).equals(first);
      commandLine.addSubcommand(name(command), described ? command : CommandSpec.create());
    }
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  private int execute(CommandLine.ParseResult parsed) {
    var command = parsed.commandSpec().commandLine();
    var help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return written(help, command);
    }
    try {
      return written(run(parsed), command);
    } catch (OutOfMemoryError e) {
      throw failure(
          command,
          new InputException(
              "the memory did not suffice; close other programs, " + memoryAdvice(), e));
    }
  }

  /**
   * Runs the command that was chosen; help was not asked for.
   *
   * @return the exit code
   */
  protected int run(CommandLine.ParseResult parsed) {
    return new CommandLine.RunLast().execute(parsed);
  }

  /** A writer to standard output keeps errors to itself until it is asked. */
  private static int written(int code, CommandLine command) {
    if (!command.getOut().checkError()) {
      return code;
    }
    throw failure(command, new InputException(StandardOutput.UNWRITABLE));
  }

  /** What makes the program end with this message. */
  protected static CommandLine.ExecutionException failure(CommandLine command, InputException e) {
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

  private int misused(CommandLine.ParameterException exception, String[] arguments) {
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

  private String unknown(String argument, CommandLine command) {
    boolean option = argument.startsWith("-");
    boolean wanted = !option && !command.getSubcommands().isEmpty();
    var meant = Suggestion.of(argument, command).map(name -> "; did you mean " + name + "?");
    return "there is no "
        + (option ? "option" : wanted ? "command" : "argument")
        + " "
        + argument.replaceAll("\\p{Cntrl}", "?")
        + meant.orElse(wanted ? commandAdvice() : "");
  }

  @Override
  public final void run() {
    throw new IllegalStateException("a command is always chosen");
  }
}
