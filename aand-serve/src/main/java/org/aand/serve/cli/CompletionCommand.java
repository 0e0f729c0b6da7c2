package org.aand.serve.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: the script by which a shell completes commands and options. */
@Command(
    name = "completion",
    description = "Prints a script for bash and zsh that completes commands and options.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  source <(java -jar aand.jar completion)"})
public final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  CompletionCommand() {}

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(AutoComplete.bash("aand", spec.root().commandLine()));
    spec.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }
}
