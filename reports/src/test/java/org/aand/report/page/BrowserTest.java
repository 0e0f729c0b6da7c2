package org.aand.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aand.common.heatmap.ColorScale;
import org.aand.common.heatmap.Heatmap;
import org.aand.common.heatmap.Jpeg;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a prediction in a real browser; skipped where no Chromium is installed. */
class BrowserTest {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final Pattern RESULT = Pattern.compile("<title>result: (.*?)</title>");

  @SuppressWarnings("NullAway.Init") // found before all tests
  private static Path browser;

  @TempDir Path folder = Path.of("");

  @BeforeAll
  static void find() {
    var path = String.valueOf(System.getenv("PATH"));
    var found =
        Stream.of(path.split(Pattern.quote(java.io.File.pathSeparator), -1))
            .flatMap(bin -> NAMES.stream().map(name -> Path.of(bin, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "no Chromium on the PATH: the pages' scripts are not tried");
    browser = found.get();
  }

  @Test
  void aGalleryIsFilteredSortedAndEnlarged() throws Exception {
    var result =
        run(
            """
            const byId = (id) => document.getElementById(id);
            const said = [];
            const shown = () => [...document.querySelectorAll('.card:not([hidden]) .file')]
                .map((file) => file.textContent.trim()).join(' ');
            const set = (id, value, event) => {
              byId(id).value = value;
              byId(id).dispatchEvent(new Event(event));
              said.push(shown());
            };
            said.push(shown());
            set('verdict', 'normal', 'change');
            set('name', 'C', 'input');
            said.push(byId('status').textContent);
            said.push([...byId('rows').rows].filter((row) => !row.hidden).length);
            set('verdict', '', 'change');
            set('name', '', 'input');
            set('order', 'name', 'change');
            set('order', 'lowest', 'change');
            said.push([...byId('images').children].indexOf(byId('line')));
            const key = (key) => byId('lightbox').dispatchEvent(
                new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            const place = () => document.querySelector('.lightbox-place').textContent;
            document.querySelectorAll('.zoom')[1].click();
            said.push(byId('lightbox').open, place());
            key('ArrowRight');
            key('ArrowRight');
            key('ArrowLeft');
            key('ArrowRight');
            key('ArrowRight');
            said.push(place(), document.querySelector('.lightbox-file').textContent.trim());
            document.querySelector('.lightbox-close').click();
            byId('lightbox').addEventListener('close', () => setTimeout(() => {
              said.push(byId('lightbox').open, document.activeElement.getAttribute('aria-label'));
              document.title = 'result: ' + said.join('|');
            }));
            """);
    assertEquals(
        List.of(
            "d10.png b2.png c3.png a1.png", // the highest score first
            "c3.png a1.png", // below the threshold
            "c3.png",
            "1 of 4 images",
            "1",
            "c3.png",
            "d10.png b2.png c3.png a1.png",
            "a1.png b2.png c3.png d10.png",
            "a1.png c3.png b2.png d10.png",
            "2", // where the threshold stands
            "true",
            "2 of 4",
            "4 of 4",
            "d10.png",
            "false",
            "Enlarge d10.png"),
        List.of(result.split("\\|", -1)));
  }

  @Test
  void nothingIsCutOnANarrowScreen() throws Exception {
    var result =
        run(
            """
            const frame = document.createElement('iframe');
            frame.style.width = '340px';
            frame.addEventListener('load', () => {
              const page = frame.contentDocument.documentElement;
              const chart = frame.contentDocument.querySelector('.chart');
              document.title = 'result: ' + [page.scrollWidth <= page.clientWidth,
                  chart.scrollWidth <= chart.clientWidth].join(' ');
            });
            frame.srcdoc = document.documentElement.outerHTML.replace(/<script>[^]*/, '');
            document.body.append(frame);
            """);
    assertEquals("true true", result);
  }

  /** What a script in the page leaves as its title, after {@code result: }. */
  private String run(String script) throws IOException, InterruptedException {
    var page = folder.resolve("page.html");
    PredictionPage.write(report("a1.png", 0.1, "b2.png", 0.7, "c3.png", 0.3, "d10.png", 0.9), page);
    var html = Files.readString(page);
    // The page forbids scripts but its own: the copy that is tried does not.
    html = html.replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "");
    Files.writeString(page, html.replace("</body>", "<script>{" + script + "}</script></body>"));
    var out = folder.resolve("out.html");
    var process =
        new ProcessBuilder(command(page))
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    var dom = Files.readString(out, StandardCharsets.UTF_8);
    var result = RESULT.matcher(dom);
    assertTrue(result.find(), Files.readString(folder.resolve("err.txt")));
    return result.group(1);
  }

  private List<String> command(Path page) {
    var command = new ArrayList<String>();
    command.add(browser.toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-breakpad",
            "--user-data-dir=" + folder.resolve("profile"),
            "--virtual-time-budget=3000",
            "--dump-dom",
            page.toUri().toString()));
    return command;
  }

  private static PredictionReport report(Object... namesAndScores) {
    var images = new ArrayList<PredictionReport.Scored>();
    for (int i = 0; i < namesAndScores.length; i += 2) {
      images.add(
          new PredictionReport.Scored((String) namesAndScores[i], (double) namesAndScores[i + 1]));
    }
    var small = Jpeg.of(Heatmap.image(new byte[3 * 16 * 12], 16, 12));
    return new PredictionReport(
        "Images",
        "Model",
        OptionalDouble.of(0.5),
        "",
        images,
        images.stream()
            .map(
                image ->
                    new PredictionReport.Shown(
                        image, OptionalDouble.of(90), small, small, Optional.empty()))
            .toList(),
        List.of(),
        new ColorScale(0, 1));
  }
}
