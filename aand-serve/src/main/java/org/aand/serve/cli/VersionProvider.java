package org.aand.serve.cli;

import org.aand.common.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/** Tells the program's version. */
public final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"aand " + ProgramVersion.get()};
  }
}
