// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import io.leasehold.store.journal.Workers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/** A thread for each processor, the caller's included, for as long as a job lasts. */
final class ThreadWorkers implements Workers {
  private final int width;

  ThreadWorkers(int width) {
    this.width = width;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public void run(List<Piece> pieces) throws IOException {
    Queue<Piece> left = new ConcurrentLinkedQueue<>(pieces);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i < Math.min(width, pieces.size()); i++) {
      Thread thread = new Thread(() -> drain(left, failure), "leasehold-store-journal-replay-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    drain(left, failure);
    for (Thread thread : threads) {
      join(thread);
    }
    Throwable thrown = failure.get();
    if (thrown instanceof IOException e) {
      throw e;
    } else if (thrown instanceof RuntimeException e) {
      throw e;
    } else if (thrown != null) {
      throw new IOException(thrown);
    }
  }

  private static void drain(Queue<Piece> left, AtomicReference<Throwable> failure) {
    try {
      for (Piece piece = left.poll(); piece != null && failure.get() == null; piece = left.poll()) {
        piece.run();
      }
    } catch (IOException | RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  private static void join(Thread thread) throws IOException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
