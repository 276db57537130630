// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.Destination;
import io.leasehold.transport.datagram.AnsweringSocket;
import io.leasehold.transport.datagram.SocketAddresses;
import io.leasehold.transport.datagram.Wanted;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDatagramChannelConfig;
import io.netty.channel.socket.SocketProtocolFamily;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One socket, bound to one address, one group or 255.255.255.255, and to an interface or to none.
 * Opened and closed by the owner of the endpoints; sends from any thread.
 *
 * <p>Messages to a unicast address are answered by the socket that has the address and no
 * interface, so that the routes decide: an answer to a relay need not leave where its question came
 * in. All others leave through the interface.
 */
final class EpollSocket extends AnsweringSocket {
  private static final InetSocketAddress EVERYBODY =
      new InetSocketAddress(SocketAddresses.inet(SocketAddresses.LIMITED_BROADCAST), 0);
  private static final long PATIENCE_SECONDS = 2;

  private final EpollDatagramChannel channel;
  private final EpollSockets all;
  private final SendQueue queue;
  private EpollSocket routed = this;
  private boolean filtered;

  /**
   * Makes the socket; it is not bound yet.
   *
   * @param interfaceName the interface it is bound to; empty for none
   */
  EpollSocket(Wanted.SocketKey key, String interfaceName, Loop loop, EpollSockets all) {
    super(key, interfaceName, all);
    boolean four = key.address().isMapped();
    this.channel =
        new EpollDatagramChannel(four ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6);
    this.all = all;
    EpollCounters counters = all.context().counters();
    int capacity = all.context().settings().sendQueueMessages();
    this.queue = new SendQueue(channel, key.address(), loop, counters, capacity);
    EpollDatagramChannelConfig config = channel.config();
    config.setAllocator(UnpooledByteBufAllocator.DEFAULT);
    ReceiveBatches batches = new ReceiveBatches(loop, counters.receiveCalls);
    config.setRecvByteBufAllocator(batches);
    config.setMaxDatagramPayloadSize(ReceiveBatches.PLACE_OCTETS);
    config.setBroadcast(four);
    LinuxOptions.buffers(config, all.context().settings().socketBufferOctets());
    channel
        .pipeline()
        .addLast(new Receiver(this, key.address(), interfaceName, batches, all.context()));
  }

  /** Binds, and starts to receive. */
  void bind(Loop loop) throws IOException {
    if (!interfaceName.isEmpty()) {
      LinuxOptions.bindToDevice(channel.config(), interfaceName);
    }
    finish(loop.eventLoop().register(channel));
    int port = all.context().spec().port();
    finish(
        channel.bind(new InetSocketAddress(SocketAddresses.on(key.address(), key.index()), port)));
    if (key.address().isMulticast()) {
      LinuxOptions.joinGroup(channel.config(), key.address(), key.index());
    }
  }

  private static void finish(ChannelFuture future) throws IOException {
    future.awaitUninterruptibly();
    if (!future.isSuccess()) {
      throw new IOException(future.cause().getMessage(), future.cause());
    }
  }

  /** Whether other sockets may have an address that is like its own. */
  void shareAddress(boolean share) {
    channel.config().setReuseAddress(share);
  }

  /** Makes it one of several that the kernel gives messages to by the hash of their flow. */
  void shareMessages() {
    channel.config().setReusePort(true);
  }

  /** Unicast answers leave by another socket. Before {@link #bind}. */
  void answerBy(EpollSocket other) {
    routed = other;
  }

  /**
   * Receives what the program lets pass.
   *
   * @param programOrNull null: everything
   */
  void filter(ByteBuffer programOrNull) throws IOException {
    if (programOrNull != null) {
      LinuxOptions.attachFilter(channel.config(), programOrNull);
      filtered = true;
    } else if (filtered) {
      LinuxOptions.detachFilter(channel.config());
      filtered = false;
    }
  }

  int receiveBufferOctets() {
    return channel.config().getReceiveBufferSize();
  }

  @Override
  public boolean unicast(Bytes message, InetSocketAddress to) {
    return routed.send(message, to);
  }

  @Override
  public boolean direct(Bytes message, InetSocketAddress to) {
    return send(message, to);
  }

  @Override
  public boolean broadcast(Bytes message, int port) {
    return hasInterface() && send(message, new InetSocketAddress(EVERYBODY.getAddress(), port));
  }

  @Override
  public boolean frame(Bytes message, Ipv6 local, Destination to) {
    if (!hasInterface()) {
      return false;
    }
    if (message.length() <= LARGEST_MESSAGE && channel.isOpen()) {
      Frames.Link link = new Frames.Link(key.index(), source(local), all.context().spec().port());
      if (all.context().frames().send(message, link, to)) {
        return true;
      }
      all.context().counters().broadcastInstead.increment();
    }
    return broadcast(message, to.port());
  }

  /** The address that was asked, or that which the kernel would take for a broadcast. */
  private Ipv6 source(Ipv6 local) {
    List<Ipv6> addresses = addressesOf(interfaceName);
    return local.equals(SocketAddresses.LIMITED_BROADCAST) && !addresses.isEmpty()
        ? addresses.get(0)
        : local;
  }

  /** What came in by an unknown interface cannot be answered to everybody there. */
  private boolean hasInterface() {
    boolean has = !interfaceName.isEmpty();
    if (!has) {
      all.context().counters().sendNoInterface.increment();
    }
    return has;
  }

  private boolean send(Bytes message, InetSocketAddress to) {
    if (message.length() > LARGEST_MESSAGE) {
      all.context().counters().sendTooLarge.increment();
      return false;
    }
    return queue.add(message, to);
  }

  /** Closes it, whether it was bound or not; its port is free when this returns. */
  void close() {
    queue.close();
    if (!channel.isRegistered()) {
      channel.unsafe().closeForcibly();
    } else {
      ChannelFuture closing = channel.close();
      if (!channel.eventLoop().inEventLoop()) {
        closing.awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    }
  }
}
