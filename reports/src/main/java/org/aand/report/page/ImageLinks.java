package org.aand.report.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * How a page refers to image files beside it, so that a click opens them from disk.
 *
 * <p>A link is relative wherever page and image share a folder: it keeps working when both are
 * moved together, and reveals no folder above the shared one. Otherwise the link has to spell the
 * whole path: as a {@code file:} address if the file was named by its whole path, which the page
 * shows anyway; a name relative to the working directory gets none, because the page would give
 * away a path of this machine that nobody typed.
 */
final class ImageLinks {
  private final Optional<Path> folder;

  private ImageLinks(Optional<Path> folder) {
    this.folder = folder;
  }

  /** For a page that will be this file. */
  static ImageLinks from(Path page) {
    return new ImageLinks(Optional.ofNullable(whole(page).getParent()));
  }

  /** For a page that is not a file: no links. */
  static ImageLinks none() {
    return new ImageLinks(Optional.empty());
  }

  /** The address of a file, ready for {@code href}; empty if there is none to give. */
  String to(String file) {
    if (folder.isEmpty()) {
      return "";
    }
    var named = Path.of(file);
    var image = whole(named);
    if (shareAFolder(folder.get(), image)) {
      return encoded(folder.get().relativize(image));
    }
    return named.isAbsolute() ? image.toUri().toASCIIString() : "";
  }

  private static boolean shareAFolder(Path a, Path b) {
    // The first name, not the root: everything on a disk shares that.
    return a.getNameCount() > 0
        && b.getNameCount() > 0
        && a.getName(0).equals(b.getName(0))
        && String.valueOf(a.getRoot()).equals(String.valueOf(b.getRoot()));
  }

  private static String encoded(Path relative) {
    return StreamSupport.stream(relative.spliterator(), false)
        .map(name -> URLEncoder.encode(name.toString(), StandardCharsets.UTF_8))
        .map(name -> name.replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }

  private static Path whole(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
