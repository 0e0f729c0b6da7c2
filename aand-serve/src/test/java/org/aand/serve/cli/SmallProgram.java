package org.aand.serve.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs the program as a user would and keeps what it says. */
record SmallProgram(int exitCode, String out, String err) {
  static SmallProgram run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var commandLine = new Main().toCommandLine(arguments);
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    int code = Main.run(commandLine, arguments);
    return new SmallProgram(code, out.toString(), err.toString());
  }
}
