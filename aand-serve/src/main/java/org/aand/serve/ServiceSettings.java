package org.aand.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * Bounds of a service.
 *
 * @param host to bind to
 * @param port to bind to; 0 for any free one
 * @param maxUploadBytes larger bodies are refused with 413
 * @param maxPixels images of more pixels are refused with 400 before they are unpacked
 * @param maxConcurrent images that are processed at a time; more are refused with 503. Memory is
 *     bounded by this times two uploads (one that arrives, one in work) and a decoded image
 * @param patience how long a body may take to arrive, and how long a stop waits for requests that
 *     were accepted
 * @param tokens that requests have to name one of; absent where nobody is asked
 * @param tls what it speaks HTTPS by; absent for HTTP
 */
public record ServiceSettings(
    String host,
    int port,
    long maxUploadBytes,
    long maxPixels,
    int maxConcurrent,
    Duration patience,
    Optional<AccessTokens> tokens,
    Optional<TlsSettings> tls) {
  /** Only this machine reaches it. */
  public static final String LOCALHOST = "127.0.0.1";

  private static final int UPLOADS_PER_PLACE = 16;

  /** Any free port of this machine, 32 MiB, 25 million pixels, 8 requests, 30 seconds. */
  public static ServiceSettings defaults() {
    return new ServiceSettings(
        LOCALHOST,
        0,
        32L << 20,
        25_000_000,
        8,
        Duration.ofSeconds(30),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public ServiceSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is from 0 to 65535, not " + port);
    }
    if (maxUploadBytes < 1 || maxUploadBytes > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException("an upload has 1 byte to 2 GB, not " + maxUploadBytes);
    }
    if (maxPixels < 1) {
      throw new IllegalArgumentException("an image has at least one pixel, not " + maxPixels);
    }
    if (maxConcurrent < 1 || maxConcurrent > 1000) {
      throw new IllegalArgumentException("1 to 1000 requests at a time, not " + maxConcurrent);
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("a patience of " + patience);
    }
  }

  /**
   * Bodies that may arrive at a time; more are refused with 503. Many for one place, because one
   * that arrives slowly costs no thread and little memory.
   */
  public int maxUploads() {
    return UPLOADS_PER_PLACE * maxConcurrent;
  }

  /** The same on another address. */
  public ServiceSettings at(String newHost, int newPort) {
    return new ServiceSettings(
        newHost, newPort, maxUploadBytes, maxPixels, maxConcurrent, patience, tokens, tls);
  }

  /** The same with other bounds on what is accepted. */
  public ServiceSettings accepting(long uploadBytes, long pixels, int concurrent) {
    return new ServiceSettings(host, port, uploadBytes, pixels, concurrent, patience, tokens, tls);
  }

  /** The same with another patience. */
  public ServiceSettings within(Duration newPatience) {
    return new ServiceSettings(
        host, port, maxUploadBytes, maxPixels, maxConcurrent, newPatience, tokens, tls);
  }

  /** The same with other protection. */
  public ServiceSettings protectedBy(
      Optional<AccessTokens> newTokens, Optional<TlsSettings> newTls) {
    return new ServiceSettings(
        host, port, maxUploadBytes, maxPixels, maxConcurrent, patience, newTokens, newTls);
  }

  /** Whether other machines can reach it. */
  public boolean reachable() {
    try {
      return !InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return true; // binding to it will say what is wrong
    }
  }
}
