// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.testkit.TransportProbe;

/** The lab's probe on this transport; property {@code threads} sets their number. */
final class EpollProbe {
  private EpollProbe() {}

  public static void main(String[] arguments) {
    EpollSettings usual = EpollSettings.DEFAULT;
    EpollSettings settings =
        new EpollSettings(
            usual.socketBufferOctets(),
            usual.rescan(),
            Integer.getInteger("threads", usual.threads()),
            usual.sendQueueMessages(),
            usual.frames());
    TransportProbe.run(new EpollTransport(settings), arguments);
  }
}
