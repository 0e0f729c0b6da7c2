package org.aand.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.aand.demo.product.ProductDataset;
import org.aand.model.ImageScore;
import org.aand.model.MapRule;
import org.aand.model.ModelFile;
import org.aand.model.NormalScores;
import org.aand.report.Protocol;
import org.aand.train.TrainingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule of map and image score that finds synthetic anomalies best is kept. */
class RuleChoiceTest {
  private static final int LEVELS = 3;

  @Test
  void theFittedRuleComesFirstAndSimplerOnesAfterIt() {
    var normals = IntStream.range(0, LEVELS).mapToObj(l -> normals()).toList();
    var fitted = new MapRule(4, List.of(1.0, 1.0, 1.0, 0.7, 0.2), new ImageScore(0.01, normals));
    var rules = RuleChoice.rules(fitted, LEVELS);
    assertEquals(6, rules.size());
    assertEquals(fitted, rules.get(0));
    assertEquals(List.of(1.0, 1.0, 1.0, 0.0, 0.0), rules.get(5).weights());
    assertEquals(ImageScore.MAXIMUM, rules.get(5).score());
  }

  @Test
  void nothingIsTriedTwice() {
    var plain = new MapRule(4, List.of(), new ImageScore(0.01, List.of()));
    assertEquals(List.of(plain, MapRule.paper(4)), RuleChoice.rules(plain, LEVELS));
  }

  @Test
  void aTrainingThatIsChosenBySyntheticAnomaliesChoosesItsRuleToo(@TempDir Path folder) {
    ProductDataset.write(folder.resolve("data"), TinyRun.PRODUCT);
    var tiny = TinyRun.request(folder.resolve("data"), Protocol.SYNTHETIC, folder.resolve("run"));
    var request =
        TrainRequest.builder(tiny.data(), tiny.backbone(), tiny.teacher(), tiny.out())
            .category(tiny.layout(), tiny.category())
            .tiling(tiny.tiling())
            .training(new TrainingSettings(1, 1, 3, 7))
            .recipe(Recipe.STANDARD)
            .protocol(Protocol.SYNTHETIC)
            .commandLine("tiny")
            .build();
    var judged = new ArrayList<JudgedRule>();
    var result =
        TrainRun.execute(
                request,
                new RunListener() {
                  @Override
                  public void onRulesJudged(List<JudgedRule> rules) {
                    judged.addAll(rules);
                  }
                })
            .result();
    double most =
        judged.stream().map(JudgedRule::merit).max(Comparator.naturalOrder()).orElseThrow();
    var kept = judged.stream().filter(JudgedRule::kept).toList();
    assertEquals(1, kept.size());
    assertEquals(most, kept.get(0).merit());
    assertEquals(
        judged.stream().filter(rule -> rule.merit() == most).findFirst().orElseThrow(),
        kept.get(0));
    assertTrue(judged.stream().allMatch(rule -> rule.merit() >= 0 && rule.merit() <= 2));
    var contents = ModelFile.inspect(request.out().resolve(ModelFile.NAME));
    assertEquals(
        result.trainImages(),
        contents.notes().provenance().path("trainingImages").asInt(),
        "not those that the choice is made on");
    var model = contents.description();
    assertEquals(kept.get(0).label(), RuleChoice.label(model));
    assertEquals(kept.get(0).label(), result.configuration().get("rule taken"));
  }

  private static NormalScores normals() {
    return new NormalScores(new float[] {1}, new float[] {2});
  }
}
