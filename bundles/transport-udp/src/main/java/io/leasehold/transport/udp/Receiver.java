// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.transport.Inbound;
import io.leasehold.transport.datagram.DatagramCounters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that receives from the sockets registered with it, each until it is empty. */
final class Receiver implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

  private final Selector selector;
  private final Inbound inbound;
  private final DatagramCounters counters;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(UdpSocket.LARGEST_MESSAGE);
  private volatile boolean closed;

  Receiver(Inbound inbound, DatagramCounters counters) throws IOException {
    this.selector = Selector.open();
    this.inbound = inbound;
    this.counters = counters;
  }

  /** From any thread. */
  void add(UdpSocket socket) throws ClosedChannelException {
    socket.register(selector);
    selector.wakeup();
  }

  /** From any thread: lets go of sockets that were closed, which frees their ports. */
  void forgetClosed() {
    selector.wakeup();
  }

  /** From any thread: ends the thread. */
  void stop() {
    closed = true;
    selector.wakeup();
  }

  /** Frees the ports of closed sockets; for whoever has seen the thread end. */
  void release() {
    try {
      selector.close();
    } catch (IOException e) {
      LOG.warn("udp: a selector could not be closed: {}", e.toString());
    }
  }

  @Override
  public void run() {
    while (!closed) {
      try {
        selector.select(this::ready);
      } catch (IOException e) {
        counters.receiveFailed.increment();
        LOG.error("udp: waiting for messages failed", e);
      }
    }
  }

  private void ready(SelectionKey key) {
    if (!closed && key.isValid()) {
      try {
        ((UdpSocket) key.attachment()).drain(buffer, inbound);
      } catch (ClosedChannelException e) {
        key.cancel(); // closed by the watcher meanwhile
      } catch (IOException e) {
        counters.receiveFailed.increment(); // an error the network told of; the socket goes on
      }
    }
  }
}
