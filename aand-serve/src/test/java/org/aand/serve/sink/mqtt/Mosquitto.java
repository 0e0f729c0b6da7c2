package org.aand.serve.sink.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's MQTT broker as a process of its own, on a free port of this machine. */
public final class Mosquitto implements AutoCloseable {
  private static final Optional<Path> PROGRAM = found("mosquitto");

  private final Path folder;
  private final int port;
  private Process process;

  private Mosquitto(Path folder, int port) throws Exception {
    this.folder = folder;
    this.port = port;
    process = run();
  }

  private static Optional<Path> found(String name) {
    return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/opt/homebrew/sbin")
        .map(at -> Path.of(at, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts a broker that keeps sessions over a restart; skips the test where there is none.
   *
   * @param lines of its configuration, beside the listener
   */
  public static Mosquitto start(Path folder, String... lines) throws Exception {
    assumeInstalled();
    for (int attempt = 1; ; attempt++) {
      try {
        return start(folder, freePort(), lines);
      } catch (IllegalStateException e) {
        // It cannot choose a port itself, so another program may have the free one by now.
        if (attempt == 5 || !String.valueOf(e.getMessage()).contains("Address already in use")) {
          throw e;
        }
        Files.delete(folder.resolve("log"));
      }
    }
  }

  private static void assumeInstalled() {
    assumeTrue(PROGRAM.isPresent(), "no mosquitto here: install Debian's package mosquitto");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Mosquitto start(Path folder, int port, String... lines) throws Exception {
    var all = new ArrayList<>(List.of("listener " + port + " 127.0.0.1"));
    all.addAll(List.of(lines));
    all.addAll(
        List.of(
            "persistence true",
            "persistence_location " + folder + "/",
            "max_queued_messages 100000",
            // As root it would become a user who cannot write to the folder.
            "user " + System.getProperty("user.name")));
    Files.write(folder.resolve("mosquitto.conf"), all);
    return new Mosquitto(folder, port);
  }

  /** A file of users with one in it; skips the test where there is no broker. */
  static Path users(Path folder, String user, String password) throws Exception {
    assumeInstalled();
    var file = folder.resolve("users");
    var made =
        new ProcessBuilder(
                found("mosquitto_passwd").orElseThrow().toString(),
                "-b",
                "-c",
                file.toString(),
                user,
                password)
            .start();
    assertEquals(0, made.waitFor());
    return file;
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  private Process run() throws Exception {
    var started =
        new ProcessBuilder(PROGRAM.orElseThrow().toString(), "-c", folder + "/mosquitto.conf")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    while (!answers()) {
      if (!started.isAlive()) {
        throw new IllegalStateException(Files.readString(folder.resolve("log")));
      }
      Thread.sleep(20);
    }
    return started;
  }

  private boolean answers() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it; what it keeps stays on disk. */
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the broker does not end");
    }
  }

  /** Starts it again at the same port. */
  public void startAgain() throws Exception {
    process = run();
  }

  @Override
  public void close() throws InterruptedException {
    stop();
  }
}
