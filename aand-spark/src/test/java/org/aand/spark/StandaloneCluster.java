package org.aand.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A standalone cluster on this machine, started from the class path of the test: a master and two
 * workers, processes of their own.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private final List<Process> processes = new ArrayList<>();
  private final Path folder;
  private final int cores;
  private final int port;

  /**
   * Starts it.
   *
   * @param folder for its files
   * @param cores of each worker, whatever the machine has
   */
  public StandaloneCluster(Path folder, int cores) throws IOException, InterruptedException {
    this.folder = folder;
    this.cores = cores;
    // Where Spark looks for an installation; the libraries are those of the class path.
    Files.createDirectories(folder.resolve("home/jars"));
    port = freePort();
    var host = List.of("--host", "127.0.0.1", "--webui-port", "0");
    start("master.Master", host, "--port", Integer.toString(port));
    await();
    for (int worker = 0; worker < 2; worker++) {
      var work = folder.resolve("worker-" + worker).toString();
      var size = List.of("--cores", Integer.toString(cores), "--memory", "1g");
      start("worker.Worker", concat(host, size), "--work-dir", work, master());
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void start(String program, List<String> options, String... more) throws IOException {
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.apache.spark.deploy." + program);
    command.addAll(options);
    command.addAll(List.of(more));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve(program + "-" + processes.size() + ".log").toFile());
    builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    var process = builder.start();
    processes.add(process);
    // However the test ends.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> destroy(process)));
  }

  private void await() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("the master does not come up", e);
        }
        Thread.sleep(100);
      }
    }
  }

  private static List<String> concat(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /** Its address. */
  public String master() {
    return "spark://127.0.0.1:" + port;
  }

  /** What a driver has to say to use all of it: its libraries are not installed on the workers. */
  public List<String[]> settings() {
    return List.of(
        new String[] {"spark.executor.extraClassPath", System.getProperty("java.class.path")},
        new String[] {"spark.executor.memory", "512m"},
        // What Java chooses by itself where it sees one core.
        new String[] {"spark.executor.extraJavaOptions", "-XX:+UseSerialGC"},
        new String[] {"spark.cores.max", Integer.toString(2 * cores)},
        new String[] {"spark.scheduler.minRegisteredResourcesRatio", "1.0"});
  }

  /** The processes in which tasks run. */
  List<ProcessHandle> executors() {
    return processes.stream().flatMap(Process::descendants).filter(ProcessHandle::isAlive).toList();
  }

  /** Whether an executor has said something, living or dead. */
  public boolean said(String words) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(file -> file.endsWith("stdout")).toList()) {
        if (Files.readString(file).contains(words)) {
          return true;
        }
      }
      return false;
    }
  }

  private static void destroy(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() throws InterruptedException {
    for (var process : processes) {
      destroy(process);
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }
}
