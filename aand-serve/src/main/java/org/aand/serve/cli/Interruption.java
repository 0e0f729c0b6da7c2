package org.aand.serve.cli;

import java.util.concurrent.CountDownLatch;

/**
 * What Ctrl-C and SIGTERM do to a command that runs until then: they ask it to stop, let it finish
 * and clean up, and end the program with the exit code 0.
 */
final class Interruption implements AutoCloseable {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::asked, "stop");
  private Runnable stop = () -> {};
  private boolean isAsked;
  private volatile boolean succeeded;

  private Interruption() {}

  /** Takes over the signals until it is closed. */
  static Interruption handle() {
    var interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** How to ask the command to stop; done at once if a signal has come already. */
  synchronized void stopBy(Runnable newStop) {
    stop = newStop;
    if (isAsked) {
      stop.run();
    }
  }

  /** The command has done what it had to do. */
  void succeeded() {
    succeeded = true;
  }

  private void asked() {
    if (ended.getCount() == 0) {
      return;
    }
    synchronized (this) {
      isAsked = true;
      stop.run();
    }
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (succeeded) {
      // Instead of the code that tells of the signal.
      Runtime.getRuntime().halt(0);
    }
  }

  @Override
  public void close() {
    ended.countDown();
  }
}
