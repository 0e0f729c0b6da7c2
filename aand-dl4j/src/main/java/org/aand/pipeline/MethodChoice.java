package org.aand.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.IoReason;
import org.aand.evaluation.SyntheticSelection;
import org.aand.model.ModelFile;
import org.aand.report.Candidate;
import org.aand.report.Method;
import org.aand.report.Stage;
import org.aand.report.page.Numbers;
import org.aand.runtime.JavaEngine;
import org.aand.train.DivergenceException;
import org.aand.variant.FeatureDiscrimination;
import org.jspecify.annotations.Nullable;

/**
 * Tries methods one after the other as the time allows and keeps the one that finds synthetic
 * anomalies on held-out normal images best. No test image is used.
 *
 * <p>The order: PaDiM, which gives an answer in seconds, where there is memory for its matrices;
 * PatchCore, which passes the images once too, where a fit to a few of them shows that there is
 * time for it, and memory for its bank; then those trained by gradient, AAND first, which found
 * most in the program's own experiments, then RD, SimpleNet and ST, and RD++ last, whose steps cost
 * most. Each of these gets half of the time that is left, so that the first, likeliest one gets
 * most; or all of it where a half has not {@value #ENOUGH} epochs of each stage. One that would not
 * end an epoch is not tried.
 *
 * <p>Every method is a folder in the working folder, with what it needs to be resumed; a method
 * that is done is not done again.
 */
final class MethodChoice {
  /** What is tried, in this order. */
  static final List<Method> METHODS =
      List.of(
          Method.PADIM,
          Method.PATCHCORE,
          Method.AAND,
          Method.RD,
          Method.SIMPLENET,
          Method.ST,
          Method.RD_PLUS_PLUS);

  /** Epochs that make a smaller share of the time worth while. */
  private static final int ENOUGH = 5;

  /** Of the whole time; with less left, not even what a method would take is measured. */
  private static final int LEAST_PART = 10;

  private static final String DONE = "candidate.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MethodTraining run;
  private final Path working;
  private final Function<TrainRequest, ModelFile.Notes> notes;
  private final SyntheticSelection judge;
  private final long begun;
  private double secondsPerImage;
  private double resumed;

  /**
   * A method that is done.
   *
   * @param request its settings
   * @param folder that has its model
   * @param candidate how it did
   * @param stages its training
   */
  record Tried(TrainRequest request, Path folder, Candidate candidate, List<Stage> stages) {
    Path model() {
      return folder.resolve(ModelFile.NAME);
    }

    double merit() {
      var score = candidate.score();
      return score == null ? Double.NEGATIVE_INFINITY : score;
    }
  }

  /** What is kept of a method that is done. */
  private record Done(Candidate candidate, List<Stage> stages, double secondsPerImage) {}

  /**
   * What came of it.
   *
   * @param best the method that is kept, the first of equals
   * @param all in the order in which they were tried
   */
  record Outcome(Tried best, List<Candidate> all) {}

  /**
   * @param run the first method, with the data of all
   * @param working folder of the methods' folders
   * @param notes of a model that was trained as a request says
   * @param begun when the run began, by {@link System#nanoTime}
   */
  MethodChoice(
      MethodTraining run, Path working, Function<TrainRequest, ModelFile.Notes> notes, long begun) {
    this.run = run;
    this.working = working;
    this.notes = notes;
    this.begun = begun;
    judge = new SyntheticSelection(run.split().heldOut(), run.textures(), run.request().training());
  }

  Outcome choose() {
    var tried = new ArrayList<Tried>();
    for (var method : METHODS) {
      attempt(method).ifPresent(tried::add);
    }
    var best =
        tried.stream()
            .max(Comparator.comparingDouble(Tried::merit))
            .orElseThrow(
                () ->
                    new InputException(
                        "no method could be tried; give more time (--time-budget) or memory (-Xmx,"
                            + " --max-memory)"));
    run.request().timeBudget().ifPresent(this::tellIfOver);
    // The first of equals.
    var first = tried.stream().filter(t -> t.merit() == best.merit()).findFirst().orElse(best);
    return new Outcome(
        first, tried.stream().map(t -> t.candidate().kept(t.equals(first))).toList());
  }

  private void tellIfOver(Duration budget) {
    var left = left(budget);
    if (left.isNegative()) {
      run.listener().onOverTime(budget, budget.minus(left));
    }
  }

  private static String timeLeft(Duration left) {
    return left.isNegative()
        ? ", and no time is left"
        : ", and about " + Numbers.duration(left) + " are left";
  }

  private Optional<Tried> attempt(Method method) {
    var request = run.request().with(Methods.variant(method, run.request().recipe()));
    var folder = makeFolder(working.resolve(method.name().toLowerCase(Locale.ROOT)));
    var done = folder.resolve(DONE);
    if (Files.exists(done)) {
      return Optional.of(resume(request, folder, done));
    }
    long start = System.nanoTime();
    var settled = settle(request, folder, start);
    return settled.flatMap(with -> train(method, with, folder));
  }

  /** What an earlier start of the run has done. */
  private Tried resume(TrainRequest request, Path folder, Path done) {
    try {
      var known = JSON.readValue(Files.readAllBytes(done), Done.class);
      resumed += known.candidate().seconds();
      secondsPerImage = Math.max(secondsPerImage, known.secondsPerImage());
      var schedule = TimeBudget.kept(folder, request);
      return new Tried(request.with(schedule), folder, known.candidate(), known.stages());
    } catch (IOException e) {
      throw new InputException(done + " cannot be read; delete " + working + " to train again", e);
    }
  }

  private static Path makeFolder(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(
          "the folder " + folder + " cannot be made (" + IoReason.of(e) + ")", e);
    }
  }

  /** The method with a schedule; empty where there is no time for it. */
  private Optional<TrainRequest> settle(TrainRequest request, Path folder, long start) {
    var time = request.timeBudget();
    if (request.variant().fitted()) {
      return whyNot(request, folder)
          .map(why -> notTried(request, why))
          .orElseGet(() -> begin(request, Optional.empty()));
    }
    if (time.isEmpty()) {
      return begin(request, Optional.empty());
    }
    var budget = new TimeBudget(request, run.split(), run.textures(), run.listener());
    int used = RuleFitting.IMAGES + judgements();
    if (TimeBudget.isSettled(folder)) {
      return begin(request.with(TimeBudget.kept(folder, request)), Optional.empty());
    }
    var left = left(time.get());
    var tooLittle = tooLittle(left, time.get());
    if (tooLittle.isPresent()) {
      return notTried(request, tooLittle.get());
    }
    // Taken once: what fits by these costs is not refused by later ones.
    var costs = budget.costs(start, used);
    var least = costs.needs(costs.each(1));
    if (least.compareTo(left) > 0) {
      return notTried(
          request,
          "with one epoch of each stage it takes about "
              + Numbers.duration(least)
              + timeLeft(left));
    }
    var half = left.dividedBy(2);
    var share = half.compareTo(costs.needs(costs.each(ENOUGH))) >= 0 ? half : left;
    return begin(request.with(budget.settle(share, folder, costs)), Optional.of(share));
  }

  private Optional<TrainRequest> begin(TrainRequest request, Optional<Duration> share) {
    run.listener().onMethod(request.label(), share);
    return Optional.of(request);
  }

  private Optional<TrainRequest> notTried(TrainRequest request, String why) {
    run.listener().onNotTried(request.label(), why);
    return Optional.empty();
  }

  /** Why a method that passes the images once is not tried; empty if it is. */
  private Optional<String> whyNot(TrainRequest request, Path folder) {
    if (request.variant().discrimination() == FeatureDiscrimination.PADIM) {
      return PadimMemory.fits(request)
          ? Optional.empty()
          : Optional.of("there is no memory for its matrices; --padim-channels makes them smaller");
    }
    var memory = PatchCoreMemory.of(request, run.split().training().count());
    if (!memory.fits(request.training().methods().patchCore().coresetShare())) {
      return Optional.of("there is no memory for its bank");
    }
    return request.timeBudget().flatMap(time -> whyNoTime(request, time, folder));
  }

  /** Why there is no time for PatchCore; empty if there is. */
  private Optional<String> whyNoTime(TrainRequest request, Duration time, Path folder) {
    var tooLittle = tooLittle(left(time), time);
    if (tooLittle.isPresent()) {
      return tooLittle;
    }
    var images = run.split().training();
    double seconds;
    try (var teacher = request.teacher().load(request.backbone()).parameters()) {
      seconds =
          PatchCorePace.measure(request, teacher, images, run.textures(), folder)
              .seconds(images.count(), judgements(), afterwards(), secondsPerImage);
    }
    var needs = Duration.ofMillis((long) Math.ceil(1e3 * seconds));
    var left = left(time);
    return needs.compareTo(left) > 0
        ? Optional.of("it takes about " + Numbers.duration(needs) + timeLeft(left))
        : Optional.empty();
  }

  /** Why nothing more is tried; to measure what it would take takes time, too. */
  private static Optional<String> tooLittle(Duration left, Duration whole) {
    if (left.isNegative()) {
      return Optional.of("no time is left");
    }
    return left.multipliedBy(LEAST_PART).compareTo(whole) < 0
        ? Optional.of("only about " + Numbers.duration(left) + " are left")
        : Optional.empty();
  }

  /** Of the run's time, without what the test after it will take. */
  private Duration left(Duration whole) {
    double seconds = resumed + (System.nanoTime() - begun) / 1e9 + secondsPerImage * afterwards();
    return whole.minus(Duration.ofMillis((long) (1e3 * seconds)));
  }

  /** Images that are detected in to judge a method. */
  private int judgements() {
    return SyntheticSelection.detections(run.split().heldOut().count());
  }

  /** Images that are detected in after the choice. */
  private int afterwards() {
    return run.data().forCalibration().normals().size() + run.data().tested().size();
  }

  /** Empty where the training diverged. */
  private Optional<Tried> train(Method method, TrainRequest request, Path folder) {
    var training =
        new MethodTraining(request, run.data(), run.split(), run.textures(), run.listener());
    var file = folder.resolve(ModelFile.NAME);
    List<Stage> stages;
    try (var model = training.model(request.teacher().load(request.backbone()).parameters())) {
      stages = StageReports.of(training.train(model, folder).epochs(), method);
      training.write(model, notes.apply(request), file);
    } catch (DivergenceException e) {
      run.listener().onNotTried(request.label(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    var merit = judged(file);
    @Nullable Double score = merit.isPresent() ? merit.getAsDouble() : null;
    var candidate =
        new Candidate(
            method,
            request.label(),
            score,
            stages.stream().mapToDouble(Stage::seconds).sum(),
            false);
    var done = new Done(candidate, stages, secondsPerImage);
    AtomicFile.write(folder.resolve(DONE), out -> out.write(JSON.writeValueAsBytes(done)));
    run.listener().onJudged(candidate);
    return Optional.of(new Tried(request, folder, candidate, stages));
  }

  private OptionalDouble judged(Path file) {
    try (var model = new JavaEngine().open(file)) {
      long start = System.nanoTime();
      var merit = judge.merit(model::detect);
      double seconds = (System.nanoTime() - start) / 1e9;
      secondsPerImage = Math.max(secondsPerImage, seconds / judgements());
      return merit;
    }
  }
}
