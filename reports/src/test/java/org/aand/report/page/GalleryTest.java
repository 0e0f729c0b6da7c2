package org.aand.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.aand.report.ScoredImage;
import org.junit.jupiter.api.Test;

class GalleryTest {
  private static final List<ScoredImage> SCORES =
      List.of(
          new ScoredImage("g1", "good", false, 3),
          new ScoredImage("d1", "cut", true, 9),
          new ScoredImage("g2", "good", false, 7),
          new ScoredImage("d2", "cut", true, 5),
          new ScoredImage("d0", "cut", true, 5));

  private static List<String> files(List<ScoredImage> images) {
    return images.stream().map(ScoredImage::file).toList();
  }

  @Test
  void theWorstRankedImagesOfEachClassComeFirst() {
    Gallery gallery = Gallery.choose(SCORES, 2);
    assertEquals(List.of("d1", "g2"), files(gallery.highest()));
    assertEquals(List.of("g2", "g1"), files(gallery.goodHighest()));
    assertEquals(List.of("d0", "d2"), files(gallery.defectiveLowest()));
    assertEquals(List.of("d1", "g2", "g1", "d0", "d2"), List.copyOf(gallery.files()));
  }

  @Test
  void fewImagesGiveShortLists() {
    Gallery gallery = Gallery.choose(SCORES.subList(0, 1), 6);
    assertEquals(List.of("g1"), files(gallery.highest()));
    assertTrue(gallery.defectiveLowest().isEmpty());
    assertTrue(Gallery.choose(List.of(), 6).files().isEmpty());
  }
}
