package org.aand.pipeline;

import org.aand.report.Method;
import org.aand.variant.Variant;

/** Which of the published methods a variant is, and the variant of each. */
public final class Methods {
  private Methods() {}

  /** The method of a variant; AAND for whatever lies between it and the others. */
  public static Method of(Variant variant) {
    if (variant.projections()) {
      return Method.RD_PLUS_PLUS;
    }
    return switch (variant.discrimination()) {
      case PADIM -> Method.PADIM;
      case PATCHCORE -> Method.PATCHCORE;
      case STUDENT_TEACHER -> Method.ST;
      case SIMPLENET -> Method.SIMPLENET;
      case AMPLIFICATION, CONTRASTIVE, SIMPLENET_STYLE ->
          variant.baseline() ? Method.RD : Method.AAND;
    };
  }

  /**
   * The variant of a method.
   *
   * @param recipe whose AAND is meant
   */
  public static Variant variant(Method method, Recipe recipe) {
    return switch (method) {
      case AAND -> recipe.variant();
      case RD -> Variant.rd();
      case PADIM -> Variant.padim();
      case PATCHCORE -> Variant.patchCore();
      case ST -> Variant.studentTeacher();
      case RD_PLUS_PLUS -> Variant.rdPlusPlus();
      case SIMPLENET -> Variant.simpleNet();
    };
  }
}
