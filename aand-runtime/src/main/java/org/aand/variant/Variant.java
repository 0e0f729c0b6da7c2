package org.aand.variant;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import org.aand.common.InputException;
import org.aand.network.raa.Gate;
import org.aand.network.raa.Residual;
import org.jspecify.annotations.Nullable;

/**
 * Which method is trained: the paper's AAND, its baseline RD, or what lies between and beside them
 * in the paper's Tables V to VIII and Fig. 7.
 *
 * <p>In JSON every field may be left out and then has AAND's value. A field that has no effect
 * besides the others has to keep that value, so that two variants are equal exactly if they are the
 * same method.
 *
 * <ul>
 *   <li>Table V base, RD: no gate, no residual, hardest 0
 *   <li>(a) MRG alone: "directly utilizing the predicted anomaly weight from MRG as the anomaly
 *       score"; residual none, hardest 0. There is no student.
 *   <li>(b) ARG alone: "blindly generating residuals using ARG without considering the anomaly
 *       weight from MRG"; gate none, hardest 0. In use every location gets its whole residual.
 *       Training is as with a gate, since its loss opens the gate at the anomalous locations and
 *       has frozen features at the normal ones (eqs. 6, 7).
 *   <li>(c) RAA: hardest 0. (d) HKD alone: no gate, no residual. (e) AAND
 *   <li>Published by others, beside the teacher alone: padim, patchcore, st, simplenet-released
 *   <li>Table VI: contrastive, simplenet, MRG as in V (a). Table VII: residual learnable, sigmoid,
 *       tanh. Table VIII: projections. Fig. 7: memoryItems, hardest
 * </ul>
 *
 * @param gate of the residuals
 * @param residual what the gate lets through
 * @param memoryItems of each kind in a gate's memory, the paper's N, at least 1
 * @param hardest locations of an image and level that hard distillation picks, the paper's K; 0 for
 *     none, which leaves RD's loss
 * @param discrimination how the features are made to tell anomalous from normal
 * @param projections whether RD++'s projection layers lie between teacher and bottleneck, which are
 *     trained with them by its losses
 */
@JsonPropertyOrder({"gate", "residual", "memoryItems", "hardest", "discrimination", "projections"})
public record Variant(
    Gate gate,
    Residual residual,
    int memoryItems,
    int hardest,
    FeatureDiscrimination discrimination,
    boolean projections) {
  private static final int MEMORY_ITEMS = 50;
  private static final int HARDEST = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The paper's AAND. */
  public Variant() {
    this(
        Gate.MATCHING,
        Residual.TANH,
        MEMORY_ITEMS,
        HARDEST,
        FeatureDiscrimination.AMPLIFICATION,
        false);
  }

  /**
   * @throws IllegalArgumentException if a value is out of range, or has no effect besides the
   *     others
   */
  public Variant {
    require(memoryItems >= 1, "memoryItems is at least 1");
    require(hardest >= 0, "hardest is not negative; 0 is without hard distillation");
    require(
        gate == Gate.MATCHING || memoryItems == MEMORY_ITEMS,
        "memoryItems has no effect without a matching gate; leave it out");
    if (discrimination != FeatureDiscrimination.AMPLIFICATION || projections) {
      var what = projections ? "projections" : "discrimination " + name(discrimination);
      require(
          gate == Gate.NONE && residual == Residual.NONE,
          what + " has neither gate nor residual; set both to \"none\"");
    }
    require(
        !projections || discrimination == FeatureDiscrimination.AMPLIFICATION,
        "projections belong to RD++; leave discrimination out");
    require(
        hardest == 0 || discrimination != FeatureDiscrimination.STUDENT_TEACHER,
        "ST has no hard distillation; set hardest to 0");
    require(!projections || hardest == 0, "RD++ has no hard distillation; set hardest to 0");
    require(
        hardest == 0 || hasStudent(gate, residual, discrimination),
        "without a student there is no hard distillation; set hardest to 0");
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException("variant: " + otherwise);
    }
  }

  private static boolean hasStudent(
      Gate gate, Residual residual, FeatureDiscrimination discrimination) {
    return switch (discrimination) {
      case AMPLIFICATION, CONTRASTIVE, STUDENT_TEACHER ->
          !(gate == Gate.MATCHING && residual == Residual.NONE);
      case SIMPLENET_STYLE, SIMPLENET, PADIM, PATCHCORE -> false;
    };
  }

  /** From JSON: what is left out is AAND's. */
  @JsonCreator
  static Variant of(
      @JsonProperty("gate") @Nullable Gate gate,
      @JsonProperty("residual") @Nullable Residual residual,
      @JsonProperty("memoryItems") @Nullable Integer memoryItems,
      @JsonProperty("hardest") @Nullable Integer hardest,
      @JsonProperty("discrimination") @Nullable FeatureDiscrimination discrimination,
      @JsonProperty("projections") @Nullable Boolean projections) {
    return new Variant(
        gate == null ? Gate.MATCHING : gate,
        residual == null ? Residual.TANH : residual,
        memoryItems == null ? MEMORY_ITEMS : memoryItems,
        hardest == null ? HARDEST : hardest,
        discrimination == null ? FeatureDiscrimination.AMPLIFICATION : discrimination,
        projections != null && projections);
  }

  /**
   * A variant from its JSON.
   *
   * @throws InputException if a field is unknown, a value is not one of its field's, or the fields
   *     do not go together
   */
  public static Variant read(JsonNode json) {
    try {
      var variant = JSON.treeToValue(json, Variant.class);
      if (variant == null) {
        throw new InputException("a variant is a JSON object; {} is AAND");
      }
      return variant;
    } catch (UnrecognizedPropertyException e) {
      throw new InputException(
          "a variant has no field \""
              + e.getPropertyName()
              + "\"; it has "
              + e.getKnownPropertyIds(),
          e);
    } catch (JsonProcessingException e) {
      var cause = e.getCause();
      throw new InputException(
          cause instanceof IllegalArgumentException
              ? String.valueOf(cause.getMessage())
              : "a variant cannot be read: " + e.getOriginalMessage(),
          e);
    }
  }

  /** The baseline, Table V base. */
  public static Variant rd() {
    return new Variant().with(Gate.NONE, Residual.NONE).withHardest(0);
  }

  /** The gate's own score, Table V (a) and Table VI (c). */
  public static Variant gateAlone() {
    return new Variant().withHardest(0).with(Gate.MATCHING, Residual.NONE);
  }

  /** A contrastively trained teacher, Table VI (a). */
  public static Variant contrastive() {
    return new Variant(
        Gate.NONE, Residual.NONE, MEMORY_ITEMS, HARDEST, FeatureDiscrimination.CONTRASTIVE, false);
  }

  /** SimpleNet's noise and discriminator, Table VI (b). */
  public static Variant simpleNetStyle() {
    return plain(FeatureDiscrimination.SIMPLENET_STYLE);
  }

  /** SimpleNet. */
  public static Variant simpleNet() {
    return plain(FeatureDiscrimination.SIMPLENET);
  }

  /** PaDiM. */
  public static Variant padim() {
    return plain(FeatureDiscrimination.PADIM);
  }

  /** PatchCore. */
  public static Variant patchCore() {
    return plain(FeatureDiscrimination.PATCHCORE);
  }

  /** ST, student-teacher feature pyramid matching. */
  public static Variant studentTeacher() {
    return plain(FeatureDiscrimination.STUDENT_TEACHER);
  }

  private static Variant plain(FeatureDiscrimination discrimination) {
    return new Variant(Gate.NONE, Residual.NONE, MEMORY_ITEMS, 0, discrimination, false);
  }

  /** RD++, Table VIII. */
  public static Variant rdPlusPlus() {
    return new Variant(
        Gate.NONE, Residual.NONE, MEMORY_ITEMS, 0, FeatureDiscrimination.AMPLIFICATION, true);
  }

  /** The same with another gate and residual. */
  public Variant with(Gate otherGate, Residual otherResidual) {
    return new Variant(otherGate, otherResidual, memoryItems, hardest, discrimination, projections);
  }

  /** The same with so many memory items of a kind. */
  public Variant withMemoryItems(int items) {
    return new Variant(gate, residual, items, hardest, discrimination, projections);
  }

  /** The same with so many hardest locations. */
  public Variant withHardest(int locations) {
    return new Variant(gate, residual, memoryItems, locations, discrimination, projections);
  }

  /** Whether a student is distilled from the teacher, whose discrepancy is the score. */
  public boolean hasStudent() {
    return hasStudent(gate, residual, discrimination);
  }

  /** Whether there is something that stage 1 trains: modules, or the teacher itself. */
  public boolean trainsFirstStage() {
    return hasModules() || discrimination == FeatureDiscrimination.CONTRASTIVE;
  }

  /** Whether there is something that stage 2 trains: a student or a discriminator. */
  public boolean trainsSecondStage() {
    return !scoresByGate() && !fitted();
  }

  /**
   * Whether what scores is set by passing the training images once, without a gradient and so
   * without epochs.
   */
  public boolean fitted() {
    return discrimination == FeatureDiscrimination.PADIM
        || discrimination == FeatureDiscrimination.PATCHCORE;
  }

  /** Whether the method's paper has a rule of map and image score that no recipe changes. */
  public boolean hasOwnRule() {
    return fitted()
        || discrimination == FeatureDiscrimination.STUDENT_TEACHER
        || discrimination == FeatureDiscrimination.SIMPLENET;
  }

  /**
   * Whether the standard recipe joins a memory bank to the discrepancy; RD++ keeps its published
   * form.
   */
  public boolean joinsMemoryBank() {
    return hasStudent() && !projections && !hasOwnRule();
  }

  /** Whether the gate's weight is the score, without a student. */
  public boolean scoresByGate() {
    return hasModules() && residual == Residual.NONE;
  }

  /** Whether there are RAA modules, or parts of them. */
  public boolean hasModules() {
    return gate != Gate.NONE || residual != Residual.NONE;
  }

  /** Whether this is RD exactly. */
  public boolean baseline() {
    return equals(rd());
  }

  /** The method for people: AAND, RD, or what makes the difference. */
  public String label() {
    if (projections) {
      return "RD++";
    }
    return switch (discrimination) {
      case CONTRASTIVE -> "Contrastive teacher" + distillation(HARDEST);
      case SIMPLENET_STYLE -> "SimpleNet-style discriminator";
      case SIMPLENET -> "SimpleNet";
      case PADIM -> "PaDiM";
      case PATCHCORE -> "PatchCore";
      case STUDENT_TEACHER -> "ST";
      case AMPLIFICATION -> amplification();
    };
  }

  /**
   * The method for people, with the recipe that it was trained by.
   *
   * @param standard whether it was the standard recipe and not the paper's; its AAND has no hard
   *     distillation
   */
  public String label(boolean standard) {
    if (!standard || hasOwnRule()) {
      return label();
    }
    return (equals(new Variant().withHardest(0)) ? "AAND" : label()) + " (standard recipe)";
  }

  private String amplification() {
    if (!hasModules()) {
      return "RD" + distillation(0);
    }
    if (residual == Residual.NONE) {
      return "MRG" + items();
    }
    var scaling = residual == Residual.TANH ? "" : ", " + name(residual) + " residual";
    if (gate == Gate.NONE) {
      return "ARG" + scaling + distillation(0);
    }
    return hardest == 0
        ? "RAA" + scaling + items()
        : "AAND" + scaling + items() + distillation(HARDEST);
  }

  private String items() {
    return memoryItems == MEMORY_ITEMS ? "" : ", " + memoryItems + " memory items";
  }

  private String distillation(int expected) {
    if (hardest == expected) {
      return "";
    }
    return switch (hardest) {
      case 0 -> " without HKD";
      case HARDEST -> " with HKD";
      default -> ", " + hardest + " hardest";
    };
  }

  /** The constant's name in JSON. */
  static String name(Enum<?> constant) {
    return JSON.valueToTree(constant).asText();
  }
}
