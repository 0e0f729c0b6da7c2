package org.aand.serve.sink;

import java.util.Optional;

/**
 * A user and a password for the other side of a sink.
 *
 * @param user not empty
 * @param password kept out of messages and logs
 */
public record Login(String user, String password) {
  /**
   * The login of a user whose password is known.
   *
   * @param option by which the sink is chosen, such as {@code --mqtt}, for messages
   * @return empty without a user
   * @throws IllegalArgumentException if the user has none
   */
  public static Optional<Login> of(
      String option, Optional<String> user, Optional<String> password) {
    if (user.isEmpty()) {
      return Optional.empty();
    }
    if (password.isEmpty()) {
      throw new IllegalArgumentException(
          option + "-user needs a password, in " + option + "-password-file or the environment");
    }
    return Optional.of(new Login(user.get(), password.get()));
  }

  @Override
  public String toString() {
    return user;
  }
}
