package org.aand.serve.sink;

/**
 * A user and a password for the other side of a sink.
 *
 * @param user not empty
 * @param password kept out of messages and logs
 */
public record Login(String user, String password) {
  @Override
  public String toString() {
    return user;
  }
}
