// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the JVM from ending. */
final class DaemonThreads {
  private DaemonThreads() {}

  /** Of executors that have one thread: it gets that name. */
  static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
