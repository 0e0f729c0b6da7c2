package org.aand.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.regex.Pattern;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The bearer tokens (RFC 6750) that a service is used with. Only hashes of them are kept and
 * compared, in a time that does not depend on where they differ.
 */
public final class AccessTokens {
  private static final int LEAST_LENGTH = 16;

  /** RFC 6750's b64token. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private static final String SCHEME = "bearer ";

  private final List<byte[]> hashes;

  private AccessTokens(List<byte[]> hashes) {
    this.hashes = hashes;
  }

  /**
   * Reads tokens from a file, one a line; empty lines and those that begin with # are left out.
   *
   * @throws InputException if it cannot be read, has none, or one is too short or of another form
   */
  public static AccessTokens read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InputException(
          "the tokens in " + file + " cannot be read (" + IoReason.of(e) + "); name another file",
          e);
    }
    var tokens =
        lines.stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList();
    if (tokens.isEmpty()) {
      throw new InputException("there is no token in " + file + "; write one a line");
    }
    for (var token : tokens) {
      if (token.length() < LEAST_LENGTH || !FORM.matcher(token).matches()) {
        throw new InputException(
            "a token in "
                + file
                + " is shorter than "
                + LEAST_LENGTH
                + " characters or has others than letters, digits and ._~+/-; make one with"
                + " openssl rand -hex 32");
      }
    }
    return new AccessTokens(tokens.stream().map(AccessTokens::hash).toList());
  }

  /** Whether a request names one of the tokens. */
  boolean permit(Request request) {
    @Nullable String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    byte[] given = hash(header.substring(SCHEME.length()).strip());
    boolean known = false;
    for (byte[] hash : hashes) {
      known |= MessageDigest.isEqual(hash, given);
    }
    return known;
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }
}
