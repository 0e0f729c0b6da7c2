package org.aand.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aand.common.random.RandomStreams;
import org.aand.model.ModelDescription;
import org.aand.model.ModelFile;
import org.aand.model.Scoring;
import org.aand.model.Tiling;
import org.aand.network.patchcore.PatchCore;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.nn.HostValues;
import org.aand.nn.Parameters;
import org.aand.samediff.Model;
import org.aand.samediff.ModelStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** A trained model gets a memory bank beside its student. */
class JoinedMemoryBankTest {
  private static final TrainingImages IMAGES = TinyModel.images(9);
  private static final int PATCHES = 9 * (TinyModel.SIZE / 8) * (TinyModel.SIZE / 8);
  private static final TrainingListener NOBODY = new TrainingListener() {};

  private static TrainingSettings settings(int most) {
    var settings = new TrainingSettings(1, 1, 4, 7);
    return settings.copy().methods(settings.methods().withBankItems(most)).build();
  }

  private static Model joined(Model model, TrainingSettings settings) {
    return JoinedMemoryBank.of(model.description(), IMAGES, settings)
        .orElseThrow()
        .join(model, NOBODY);
  }

  private static PatchCore bank(Model model) {
    return model.scoring().memoryBank().orElseThrow();
  }

  private static float[] items(Model model) {
    return HostValues.readSingle(model.parameters().get(bank(model).bank().name()));
  }

  /** The modules amplify what is anomalous; the bank is compared with what they do not change. */
  @Test
  void theBankOfAnAmplifiedTeacherIsThatOfItsBackbone() {
    var settings = settings(2000);
    try (var aand = TinyModel.create(3, true);
        var plain = plain(aand, settings)) {
      assertTrue(aand.teacher().gated());
      var fitting = new PatchCoreFitting(plain, bank(plain), IMAGES, settings);
      fitting.fit(NOBODY);
      var model = joined(aand, settings);
      assertEquals(PATCHES / 10, bank(model).items());
      assertArrayEquals(items(plain), items(model));
    }
  }

  /** PatchCore with the backbone of another model. */
  private static Model plain(Model of, TrainingSettings settings) {
    var bank = JoinedMemoryBank.of(of.description(), IMAGES, settings).orElseThrow();
    var backbone = of.teacher().backbone();
    var scoring = new Scoring.PatchDistance(PatchCore.of(backbone, bank.items()));
    var teacher = AmplifiedTeacher.plain(backbone);
    var parameters =
        Parameters.initialise(
            ModelDescription.table(teacher, scoring), DataType.FLOAT, new RandomStreams(0));
    for (var spec : backbone.parameters()) {
      parameters.set(spec.name(), HostValues.readSingle(of.parameters().get(spec.name())));
    }
    return new Model(teacher, scoring, Tiling.whole(TinyModel.SIZE), 4, parameters);
  }

  @Test
  void aBankIsBoundedAndTakesThePlaceOfOneBefore() {
    try (var model = TinyModel.create(3, true)) {
      assertEquals(11, bank(joined(model, settings(11))).items());
      var again = joined(model, settings(5));
      assertEquals(5, bank(again).items());
      assertEquals(5 * bank(again).channels(), items(again).length);
    }
  }

  @Test
  void someModelsHaveNone() {
    try (var model = TinyModel.create(3, true)) {
      var description = model.description();
      assertTrue(JoinedMemoryBank.of(description, IMAGES, settings(0)).isEmpty());
    }
    for (var scoring :
        List.of(
            new Scoring.Discrepancy(TinyModel.student().projecting()),
            new Scoring.StudentTeacher(TinyModel.pyramidStudent()))) {
      try (var model = TinyModel.create(3, scoring)) {
        var description = model.description();
        assertEquals(Optional.empty(), JoinedMemoryBank.of(description, IMAGES, settings(9)));
      }
    }
  }

  @Test
  void theModelFileKeepsIt(@TempDir Path folder) {
    var file = folder.resolve("model.aand");
    try (var model = TinyModel.create(3, true)) {
      var written = joined(model, settings(2000));
      ModelStore.write(written, JsonNodeFactory.instance.objectNode(), file);
      var contents = ModelFile.inspect(file);
      assertEquals("2.7", contents.version(), "of a narrow teacher");
      assertEquals(written.scoring(), contents.description().scoring());
      try (var read = ModelStore.read(file).model()) {
        assertArrayEquals(items(written), items(read));
      }
    }
  }
}
