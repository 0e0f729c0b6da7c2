package org.aand.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A link works from disk, and tells no more of the machine than the page does anyway. */
class ImageLinksTest {
  private static final Path HERE = Path.of("").toAbsolutePath();

  @Test
  void whatSharesAFolderWithThePageIsLinkedRelativeToIt() {
    var links = ImageLinks.from(HERE.resolve("out/page.html"));
    assertEquals("../parts/a.png", links.to("parts/a.png"));
    assertEquals("b.png", links.to(HERE.resolve("out/b.png").toString()));
    assertEquals("b.png", ImageLinks.from(Path.of("page.html")).to("b.png"));
  }

  @Test
  void namesAreEncodedSoThatNoneIsTakenForASchemeOrAQuery() {
    var links = ImageLinks.from(Path.of("page.html"));
    assertEquals("javascript%3Aalert%281%29", links.to("javascript:alert(1)"));
    assertEquals("50%25%3F%20%C3%BC%23.png", links.to("50%? ü#.png"));
  }

  @Test
  void elsewhereOnlyAPathThatWasGivenWholeIsSpelled() {
    var links = ImageLinks.from(HERE.getRoot().resolve("elsewhere-entirely/page.html"));
    var whole = HERE.resolve("parts/a b.png");
    assertEquals(whole.toUri().toASCIIString(), links.to(whole.toString()));
    assertEquals("", links.to("parts/a b.png"));
  }

  @Test
  void aPageThatIsNoFileHasNone() {
    assertEquals("", ImageLinks.none().to("a.png"));
  }
}
