package org.aand.demo.product;

import java.util.Locale;

/** What can be wrong with the product. Each kind is a folder of the test set. */
public enum DefectKind {
  /** A groove across the surface. */
  SCRATCH(new Scratch()),
  /** A shallow pit from a blow. */
  DENT(new Dent()),
  /** Oil, dried coolant or rust. */
  STAIN(new Stain()),
  /** A bolt hole that was not drilled, or only centre-punched. */
  MISSING_HOLE(new MissingHole()),
  /** A crack that starts at an edge. */
  CRACK(new Crack()),
  /** Tempering colours of local overheating. */
  DISCOLORATION(new Discoloration()),
  /** Ink wiped before it was dry. */
  PRINT_SMEAR(new PrintSmear()),
  /** A tooth that broke off, or a chip of it. */
  BROKEN_TOOTH(new BrokenTooth());

  @SuppressWarnings("ImmutableEnumChecker") // all of them are without state
  private final Defect defect;

  DefectKind(Defect defect) {
    this.defect = defect;
  }

  /** The folder's name, e.g. {@code missing_hole}. */
  public String folderName() {
    return name().toLowerCase(Locale.ROOT);
  }

  Defect defect() {
    return defect;
  }
}
