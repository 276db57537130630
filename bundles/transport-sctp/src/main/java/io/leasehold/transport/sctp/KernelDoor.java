// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpServerChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts associations. On the thread of the transport. */
final class KernelDoor implements Sockets.Door, SctpLoop.Ready {
  private static final Logger LOG = LoggerFactory.getLogger(KernelDoor.class);
  private static final int BACKLOG = 128;

  /** Associations that are accepted before others have their turn. */
  private static final int MOST_AT_ONCE = 32;

  private final SctpServerChannel channel;
  private final int port;
  private final Consumer<Sockets.Socket> arrived;
  private final SctpLoop loop;
  private SelectionKey key;

  KernelDoor(int port, Consumer<Sockets.Socket> arrived, SctpLoop loop) throws IOException {
    this.channel = SctpServerChannel.open();
    this.port = port;
    this.arrived = arrived;
    this.loop = loop;
  }

  @Override
  public void open(Optional<InetAddress> address) throws IOException {
    if (key != null) {
      channel.bindAddress(address.orElseThrow());
      return;
    }
    channel.bind(
        address
            .map(each -> new InetSocketAddress(each, port))
            .orElseGet(() -> new InetSocketAddress(port)),
        BACKLOG);
    channel.configureBlocking(false);
    key = channel.register(loop.selector(), SelectionKey.OP_ACCEPT, this);
  }

  @Override
  public void shut(InetAddress address) throws IOException {
    channel.unbindAddress(address);
  }

  @Override
  public void resume() {
    if (key != null && key.isValid()) {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  @Override
  public void ready(SelectionKey ready) {
    try {
      for (int i = 0; i < MOST_AT_ONCE; i++) {
        SctpChannel accepted = channel.accept();
        if (accepted == null) {
          return;
        }
        arrived(accepted);
      }
    } catch (IOException e) {
      LOG.debug("nothing is accepted until the next look at the places", e);
      if (key.isValid()) {
        key.interestOps(0); // it would be ready again at once
      }
    }
  }

  private void arrived(SctpChannel accepted) throws IOException {
    try {
      arrived.accept(KernelWire.accepted(accepted, loop));
    } catch (IOException e) {
      LOG.debug("an association ended before it was heard", e);
      accepted.close();
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("a socket cannot be closed: {}", e.toString());
    }
  }
}
