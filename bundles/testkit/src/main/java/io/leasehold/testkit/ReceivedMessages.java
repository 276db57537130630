// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit;

import io.leasehold.net.Bytes;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a transport hands over. May be used from any thread. */
public final class ReceivedMessages implements Inbound {
  /** A message and its way. */
  public record Received(Bytes message, Path path) {}

  private final BlockingQueue<Received> messages = new LinkedBlockingQueue<>();
  private volatile boolean throwing;

  @Override
  public void message(Bytes message, Path path) {
    if (throwing) {
      throwing = false;
      throw new IllegalStateException("thrown by the test, as a faulty receiver would");
    }
    messages.add(new Received(message, path));
  }

  /** The next message is thrown at instead of kept. */
  public void throwOnNext() {
    throwing = true;
  }

  /** Whether nothing waits. */
  public boolean isEmpty() {
    return messages.isEmpty();
  }

  /**
   * The next message.
   *
   * @throws AssertionError if none comes in time
   */
  public Received next(Duration patience) {
    try {
      Received next = messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new AssertionError("nothing received within " + patience);
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
