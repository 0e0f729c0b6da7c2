package org.aand.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs the program as a user would and keeps what it says. */
record Program(int exitCode, String out, String err) {
  static Program run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var commandLine = Main.commandLine(arguments);
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    int code = Main.run(commandLine, arguments);
    return new Program(code, out.toString(), err.toString());
  }
}
