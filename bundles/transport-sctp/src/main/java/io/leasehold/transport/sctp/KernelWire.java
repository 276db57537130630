// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import com.sun.nio.sctp.AbstractNotificationHandler;
import com.sun.nio.sctp.AssociationChangeNotification;
import com.sun.nio.sctp.AssociationChangeNotification.AssocChangeEvent;
import com.sun.nio.sctp.HandlerResult;
import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.PeerAddressChangeNotification;
import com.sun.nio.sctp.PeerAddressChangeNotification.AddressChangeEvent;
import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpStandardSocketOptions;
import io.leasehold.security.HopEnd;
import io.leasehold.transport.datagram.SocketAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The socket of an association. On the thread of the transport. */
final class KernelWire implements Sockets.Socket, SctpLoop.Ready {
  private static final Logger LOG = LoggerFactory.getLogger(KernelWire.class);

  /** Room in the kernel, if it allows that much, for some of the largest messages. */
  private static final int BUFFER_OCTETS = 1 << 20;

  /** Messages that are read before others have their turn. */
  private static final int MOST_AT_ONCE = 32;

  private final SctpChannel channel;
  private final SctpLoop loop;
  private final Notices notices = new Notices();
  private Association association;
  private SelectionKey key;

  private KernelWire(SctpChannel channel, SctpLoop loop) throws IOException {
    this.channel = channel;
    this.loop = loop;
    channel.configureBlocking(false);
    channel.setOption(SctpStandardSocketOptions.SCTP_NODELAY, true);
    channel.setOption(SctpStandardSocketOptions.SO_SNDBUF, BUFFER_OCTETS);
    channel.setOption(SctpStandardSocketOptions.SO_RCVBUF, BUFFER_OCTETS);
    channel.setOption(SctpStandardSocketOptions.SO_LINGER, 0); // nothing of it stays in the kernel
  }

  /** A socket that was accepted. */
  static KernelWire accepted(SctpChannel channel, SctpLoop loop) throws IOException {
    return new KernelWire(channel, loop);
  }

  /** A socket that is to connect. */
  static KernelWire outgoing(SctpLoop loop) throws IOException {
    SctpChannel channel = SctpChannel.open();
    try {
      return new KernelWire(channel, loop);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Uses those of the addresses that this host has now; with none given, what the kernel likes. */
  void bind(List<InetAddress> addresses) throws IOException {
    IOException failure = null;
    boolean bound = addresses.isEmpty();
    if (bound) {
      channel.bind(null);
    }
    for (InetAddress each : addresses) {
      try {
        if (bound) {
          channel.bindAddress(each);
        } else {
          channel.bind(new InetSocketAddress(each, 0));
          bound = true;
        }
      } catch (IOException e) {
        failure = new SocketException(each.getHostAddress() + ": " + e.getMessage());
      }
    }
    if (!bound) {
      throw failure;
    }
  }

  /** Connects; one stream each way is enough. */
  void connect(Association of, InetSocketAddress to) throws IOException {
    association = of;
    key = channel.register(loop.selector(), SelectionKey.OP_CONNECT, this);
    if (channel.connect(to)) {
      connected();
    }
  }

  @Override
  public void serve(Association of) throws IOException {
    association = of;
    key = channel.register(loop.selector(), 0, this);
    of.connected(this);
  }

  private void connected() throws IOException {
    key.interestOps(0);
    association.connected(this);
  }

  @Override
  public Ends ends() throws IOException {
    InetSocketAddress primary =
        (InetSocketAddress) channel.getOption(SctpStandardSocketOptions.SCTP_PRIMARY_ADDR);
    List<HopEnd> remotes = new ArrayList<>(List.of(end(primary)));
    for (HopEnd each : ends(channel.getRemoteAddresses())) {
      if (!each.address().equals(remotes.get(0).address())) {
        remotes.add(each);
      }
    }
    return new Ends(ends(channel.getAllLocalAddresses()), remotes);
  }

  private static List<HopEnd> ends(Collection<SocketAddress> addresses) {
    return addresses.stream()
        .map(each -> end((InetSocketAddress) each))
        .sorted(Comparator.comparing(HopEnd::address))
        .toList();
  }

  private static HopEnd end(InetSocketAddress address) {
    return new HopEnd(SocketAddresses.ipv6(address.getAddress()), address.getPort());
  }

  @Override
  public boolean send(ByteBuffer message, int protocol) throws IOException {
    MessageInfo info = MessageInfo.createOutgoing(null, 0).payloadProtocolID(protocol);
    return channel.send(message, info) > 0;
  }

  @Override
  public void interest(boolean reading, boolean writing) {
    if (key.isValid()) {
      key.interestOps((reading ? SelectionKey.OP_READ : 0) | (writing ? SelectionKey.OP_WRITE : 0));
    }
  }

  @Override
  public void ready(SelectionKey ready) {
    try {
      if (ready.isConnectable()) {
        if (channel.finishConnect()) {
          connected();
        }
        return;
      }
      if (ready.isWritable()) {
        association.sendQueued();
      }
      if (key.isValid() && ready.isReadable()) {
        receive();
      }
    } catch (IOException e) {
      association.lost(String.valueOf(e.getMessage()));
    }
  }

  private void receive() throws IOException {
    for (int i = 0; i < MOST_AT_ONCE && channel.isOpen() && association.isReading(); i++) {
      ByteBuffer octets = loop.scratch();
      MessageInfo info = channel.receive(octets, null, notices);
      if (notices.lost != null) {
        association.lost(notices.lost);
        return;
      }
      if (notices.changed) {
        notices.changed = false;
        association.refresh();
      }
      if (info == null) {
        return;
      }
      if (info.bytes() < 0) {
        association.finished();
        return;
      }
      association.received(octets.flip(), info.isComplete(), info.payloadProtocolID());
    }
  }

  /** What the kernel says of the association. */
  private static final class Notices extends AbstractNotificationHandler<Void> {
    private String lost;
    private boolean changed;

    @Override
    public HandlerResult handleNotification(AssociationChangeNotification notice, Void nothing) {
      AssocChangeEvent event = notice.event();
      if (event == AssocChangeEvent.COMM_LOST || event == AssocChangeEvent.CANT_START) {
        lost = "the peer aborted it or cannot be reached by any path";
        return HandlerResult.RETURN;
      }
      if (event == AssocChangeEvent.RESTART) {
        lost = "the peer has restarted";
        return HandlerResult.RETURN;
      }
      return HandlerResult.CONTINUE;
    }

    @Override
    public HandlerResult handleNotification(PeerAddressChangeNotification notice, Void nothing) {
      AddressChangeEvent event = notice.event();
      changed |= event == AddressChangeEvent.ADDR_ADDED || event == AddressChangeEvent.ADDR_REMOVED;
      return HandlerResult.CONTINUE;
    }
  }

  @Override
  public void shutdown() throws IOException {
    channel.shutdown();
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
