package org.aand.common.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aand.common.InputException;
import org.aand.common.image.GrayImage;
import org.aand.common.image.PngFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders and patterns name the same files in the same order on every machine. */
class ImagePathsTest {
  private final Path folder;

  ImagePathsTest(@TempDir Path temporary) {
    this.folder = temporary.resolve("parts");
  }

  @BeforeEach
  void files() throws IOException {
    write("b.png", "a.JPG", "c.txt", ".hidden.png", "sub/d.tif", "sub/.no/e.png", "x/y/f.bmp");
  }

  private void write(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, name);
    }
  }

  @Test
  void aFolderItselfAndWithAllBelow() {
    assertEquals(
        List.of("a.JPG", "b.png", "sub/d.tif", "x/y/f.bmp"), names(ImagePaths.below(folder)));
    assertEquals(List.of(), ImagePaths.below(folder).leftOut());
    assertTrue(says(() -> ImagePaths.in(folder)).contains("sub are nested too deeply"));
    assertEquals(List.of(folder.resolve("sub/d.tif")), ImagePaths.in(folder.resolve("sub")));
  }

  @Test
  void contentTellsWhatNamesDoNotAndTheRestIsNamed() throws IOException {
    write("raw/p.heic", "raw/list.csv", "raw/.DS_Store", "raw/Thumbs.db", "raw/p.jfif");
    write("raw/p.jpe", "raw/p.gif", "raw/p.ppm");
    PngFile.write(new GrayImage(1, 1, new byte[1]), folder.resolve("raw/camera7"));
    Files.writeString(folder.resolve("raw/p.webp"), "RIFF....WEBP");
    var listing = ImagePaths.below(folder.resolve("raw"));
    assertEquals(
        List.of("raw/camera7", "raw/p.gif", "raw/p.jfif", "raw/p.jpe", "raw/p.ppm"),
        names(listing));
    assertEquals(
        List.of(
            folder.resolve("raw/p.heic")
                + " is not a PNG, JPEG, BMP, TIFF, GIF or PNM image; convert or remove it",
            folder.resolve("raw/p.webp")
                + " is a WebP image, which is not read; convert it to PNG"),
        listing.leftOut().stream().map(LeftOutFile::toString).toList());
    assertTrue(says(() -> ImagePaths.in(folder.resolve("raw"))).contains("p.heic is not a PNG"));
  }

  @Test
  void patterns() {
    assertEquals(List.of("b.png"), names(ImagePaths.matching(folder + "/*.png")));
    assertEquals(
        List.of("sub/d.tif", "x/y/f.bmp"), names(ImagePaths.matching(folder + "/**/*.{tif,bmp}")));
    assertEquals(List.of("x/y/f.bmp"), names(ImagePaths.matching(folder + "/{sub/*.png,x/y/*}")));
    assertEquals(List.of("c.txt"), names(ImagePaths.matching(folder + "/?.txt")));
    assertEquals(List.of(), names(ImagePaths.matching(folder + "/*.gif")));
  }

  @Test
  void whatExistsAtAPatternsBeginningIsTakenByItsName() throws IOException {
    write("lot[1]/g.png", "lot1/h.png", "lot{2}/i.png");
    assertEquals(List.of("lot[1]/g.png"), names(ImagePaths.matching(folder + "/lot[1]/*.png")));
    assertEquals(List.of("lot{2}/i.png"), names(ImagePaths.matching(folder + "/lot{2}/**")));
    assertEquals(List.of("lot1/h.png"), names(ImagePaths.matching(folder + "/lot[0-9]/*.png")));
  }

  @Test
  void aLinkMayBeginAPathButIsNotFollowedBelow() throws IOException {
    var latest = Files.createSymbolicLink(folder.resolveSibling("latest"), folder);
    assertEquals(
        List.of(latest.resolve("a.JPG"), latest.resolve("b.png")),
        ImagePaths.below(latest).images().subList(0, 2));
    assertEquals(List.of(latest.resolve("b.png")), ImagePaths.matching(latest + "/*.png").images());

    var elsewhere = Files.createDirectories(folder.resolveSibling("elsewhere"));
    Files.createFile(elsewhere.resolve("z.png"));
    Files.createSymbolicLink(folder.resolve("sub/link"), elsewhere);
    Files.createSymbolicLink(folder.resolve("same"), folder.resolve("sub"));
    var expected =
        folder.resolve("sub/link") + " is a link to a folder, which is not followed; name it too";
    var below = ImagePaths.below(folder);
    assertEquals(4, below.images().size(), "what the other link leads to is listed anyway");
    assertEquals(List.of(expected), below.leftOut().stream().map(LeftOutFile::toString).toList());
    assertEquals(1, ImagePaths.matching(folder + "/**.png").leftOut().size());
    assertEquals(1, ImagePaths.matching(folder + "/*/l*/*.png").leftOut().size());
    assertEquals(List.of(), ImagePaths.matching(folder + "/*.png").leftOut());
  }

  @Test
  void aLinkThatLeadsNowhereIsNotPassedOver() throws IOException {
    Files.createSymbolicLink(folder.resolve("sub/gone.png"), folder.resolve("nowhere"));
    Files.createSymbolicLink(folder.resolve("sub/gone"), folder.resolve("nowhere"));
    var listing = ImagePaths.below(folder.resolve("sub"));
    assertEquals(List.of("sub/d.tif", "sub/gone.png"), names(listing));
    assertTrue(listing.leftOut().get(0).reason().contains("leads to no file"));
  }

  @Test
  void whatIsNoneIsNamed() {
    assertThrows(InputException.class, () -> ImagePaths.in(folder.resolve("b.png")));
    assertThrows(InputException.class, () -> ImagePaths.below(folder.resolve("nowhere")));
    assertThrows(InputException.class, () -> ImagePaths.matching(folder + "/nowhere/*.png"));
    assertThrows(InputException.class, () -> ImagePaths.matching(folder + "/{a.png"));
  }

  private static String says(Runnable listing) {
    return String.valueOf(assertThrows(InputException.class, listing::run).getMessage());
  }

  private List<String> names(ImageListing listing) {
    return listing.images().stream()
        .map(f -> folder.relativize(f).toString().replace('\\', '/'))
        .toList();
  }
}
