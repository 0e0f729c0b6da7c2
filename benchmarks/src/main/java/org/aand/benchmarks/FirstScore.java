package org.aand.benchmarks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.aand.common.machine.ProcessMemory;
import org.aand.model.ModelFile;
import org.aand.runtime.RuntimeModel;
import org.aand.serve.cli.Main;
import org.aand.serve.cli.SecondJvm;

/**
 * From a model file to the score of a first image in new processes, the most memory that they had,
 * and which threads kept the processor busy: with the options that the program gives to the JVM
 * that it starts, and with that JVM's own; and what {@code predict} of the small program takes for
 * one image, both of its JVMs included. Program: {@code FirstScore MODEL [PROCESSES]}.
 */
public final class FirstScore {
  private static final int PROCESSES = 5;

  private FirstScore() {}

  /** Prints two lines for each set of options, and one for {@code predict}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int processes = args.length > 1 ? Integer.parseInt(args[1]) : PROCESSES;
    print("the program's options", SecondJvm.detecting(List.of(), args[0]), args[0], processes);
    print("the JVM's own options", List.of(), args[0], processes);
    predict(args[0], processes);
  }

  private static void predict(String model, int processes)
      throws IOException, InterruptedException {
    var image = Files.createTempFile("aand", ".png");
    try {
      ImageIO.write(new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
      var arguments = List.of(Main.class.getName(), "predict", "--model", model, image.toString());
      var seconds = new ArrayList<Double>();
      for (int i = 0; i < processes; i++) {
        long start = System.nanoTime();
        run(java(List.of(), arguments));
        seconds.add((System.nanoTime() - start) / 1e9);
      }
      System.out.printf(
          Locale.ROOT,
          "predict of one image, from the program's start to its end: %.2f s (%s)%n",
          seconds.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
          list(seconds.stream()));
    } finally {
      Files.delete(image);
    }
  }

  private static String list(Stream<Double> seconds) {
    return seconds
        .map(value -> String.format(Locale.ROOT, "%.2f", value))
        .collect(Collectors.joining(", "));
  }

  private static void print(String title, List<String> options, String model, int processes)
      throws IOException, InterruptedException {
    var runs = new ArrayList<double[]>();
    var threads = new ArrayList<Map<String, Double>>();
    for (int i = 0; i < processes; i++) {
      var lines = run(options, model);
      runs.add(numbers(lines.get(0)));
      threads.add(times(lines.subList(1, lines.size())));
    }
    System.out.printf(
        Locale.ROOT,
        "%s: read and packed %.2f s, first score %.2f s (%s), with the JVM's start %.2f s, at most"
            + " %.0f MB%n",
        title,
        mean(runs, 0),
        mean(runs, 1),
        list(runs.stream().map(run -> run[1])),
        mean(runs, 2),
        mean(runs, 3));
    System.out.println("  the processor's seconds: " + ThreadTimes.describe(threads));
  }

  private static double mean(List<double[]> runs, int column) {
    return runs.stream().mapToDouble(run -> run[column]).average().orElseThrow();
  }

  private static List<String> run(List<String> options, String model)
      throws IOException, InterruptedException {
    var all = new ArrayList<>(options);
    all.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    return run(java(all, List.of(Child.class.getName(), model)));
  }

  private static List<String> java(List<String> options, List<String> program) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(program);
    return command;
  }

  private static List<String> run(List<String> command) throws IOException, InterruptedException {
    var errors = Files.createTempFile("aand", ".err");
    try {
      var process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + "\n" + Files.readString(errors));
      }
      return out.lines().toList();
    } finally {
      Files.delete(errors);
    }
  }

  private static double[] numbers(String line) {
    var words = line.split(" ", -1);
    double[] numbers = new double[words.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Double.parseDouble(words[i]);
    }
    return numbers;
  }

  private static Map<String, Double> times(List<String> lines) {
    return lines.stream()
        .map(line -> line.split("\t", -1))
        .collect(Collectors.toMap(words -> words[0], words -> Double.valueOf(words[1])));
  }

  /** What a new process does. */
  public static final class Child {
    private Child() {}

    /**
     * Prints seconds until the model is read, to the first score, and from the JVM's start; MB; and
     * a line a thread.
     */
    public static void main(String[] args) throws IOException {
      long start = System.nanoTime();
      var model = RuntimeModel.read(ModelFile.locate(Path.of(args[0]))).model();
      double read = (System.nanoTime() - start) / 1e9;
      try (var detector = model.detector(InferenceEngine.THREADS)) {
        detector.detect(new float[model.description().resolution().pixels() * 3]);
      }
      double score = (System.nanoTime() - start) / 1e9;
      long begin = ManagementFactory.getRuntimeMXBean().getStartTime();
      double all = (System.currentTimeMillis() - begin) / 1e3;
      double peak = ProcessMemory.peakResidentBytes().orElse(0) / 1e6;
      System.out.println(read + " " + score + " " + all + " " + peak);
      ThreadTimes.read().forEach((name, seconds) -> System.out.println(name + "\t" + seconds));
    }
  }
}
