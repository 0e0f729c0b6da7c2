package org.aand.serve.sink;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** By which names this machine is reached. */
public final class HostNames {
  private HostNames() {}

  /** This machine's name, in letters, digits, dots and hyphens. */
  public static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** By which name a server is reached that binds to an address; all of them mean the machine. */
  public static String reaching(String bound) {
    return bound.equals("0.0.0.0") || bound.equals("::") ? machine() : bound;
  }
}
