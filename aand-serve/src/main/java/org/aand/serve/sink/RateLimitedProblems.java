package org.aand.serve.sink;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells a problem when it occurs, and again at intervals while it lasts; of many at a time only the
 * first ones, then, with the next one or at the end, how many more there were.
 */
public final class RateLimitedProblems implements Problems {
  private static final long AGAIN = Duration.ofMinutes(15).toNanos();
  private static final long WINDOW = Duration.ofMinutes(1).toNanos();
  private static final int LINES = 20;
  private static final int REMEMBERED = 10_000;

  private final Consumer<String> out;
  private final LongSupplier nanoTime;
  private final Map<String, Long> toldAt =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };
  private long windowBegan;
  private int inWindow;
  private long untold;

  /**
   * @param out takes the lines
   * @param nanoTime such as {@link System#nanoTime}
   */
  public RateLimitedProblems(Consumer<String> out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
    windowBegan = nanoTime.getAsLong();
  }

  @Override
  public synchronized void occurred(String key, String line) {
    long now = nanoTime.getAsLong();
    var told = toldAt.get(key);
    if (told == null || now - told >= AGAIN) {
      toldAt.remove(key);
      toldAt.put(key, now);
      tell(line, now);
    }
  }

  @Override
  public synchronized void over(String key, String line) {
    if (toldAt.remove(key) != null) {
      tell(line, nanoTime.getAsLong());
    }
  }

  private void tell(String line, long now) {
    if (now - windowBegan >= WINDOW) {
      windowBegan = now;
      inWindow = 0;
      tellOfOthers();
    }
    if (inWindow < LINES) {
      inWindow++;
      out.accept(line);
    } else {
      untold++;
    }
  }

  private void tellOfOthers() {
    if (untold > 0) {
      out.accept(untold + " more problems were not shown");
      untold = 0;
    }
  }

  @Override
  public synchronized void close() {
    tellOfOthers();
  }
}
