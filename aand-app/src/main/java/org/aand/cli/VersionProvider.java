package org.aand.cli;

import picocli.CommandLine.IVersionProvider;

/** Tells the program's version. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"aand " + org.aand.runfolder.Versions.program()};
  }
}
