// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.datagram.DatagramCounters;
import io.leasehold.transport.datagram.DatagramPath;
import io.leasehold.transport.datagram.TrafficLog;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/** Hands over what a socket receives, on the thread of the socket. */
final class Receiver extends ChannelInboundHandlerAdapter {
  private final DatagramPath.Answers answers;
  private final Ipv6 local;
  private final String interfaceName;
  private final ReceiveBatches batches;
  private final BindingContext context;
  private final DatagramCounters counters;
  private DatagramPath lastPath;

  Receiver(
      DatagramPath.Answers answers,
      Ipv6 local,
      String interfaceName,
      ReceiveBatches batches,
      BindingContext context) {
    this.answers = answers;
    this.local = local;
    this.interfaceName = interfaceName;
    this.batches = batches;
    this.context = context;
    this.counters = context.counters();
  }

  @Override
  public void channelRead(ChannelHandlerContext unused, Object received) {
    DatagramPacket packet = (DatagramPacket) received;
    byte[] message;
    try {
      ByteBuf content = packet.content();
      message = new byte[content.readableBytes()];
      content.readBytes(message);
    } finally {
      packet.release(); // the place is used again by the next call
    }
    if (message.length == 0) {
      counters.receivedEmpty.increment();
      return;
    }
    counters.received.increment();
    counters.receivedOctets.add(message.length);
    hand(Bytes.wrap(message), path(packet.sender()));
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext unused) {
    try {
      context.inbound().gathered();
    } catch (RuntimeException | Error e) {
      counters.receiverThrew.increment();
      TrafficLog.threw(lastPath, e);
    }
  }

  /** A busy relay costs one path, not one for each message. */
  private DatagramPath path(InetSocketAddress sender) {
    if (lastPath == null || !lastPath.isFrom(sender)) {
      lastPath = new DatagramPath(answers, interfaceName, local, sender);
    }
    return lastPath;
  }

  private void hand(Bytes message, DatagramPath path) {
    try {
      if (batches.areLate()) {
        context.inbound().late(message, path);
      } else {
        context.inbound().gather(message, path);
      }
    } catch (RuntimeException | Error e) {
      counters.receiverThrew.increment();
      TrafficLog.threw(path, e);
    }
  }

  /** An error the network told of; the socket goes on. */
  @Override
  public void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
    counters.receiveFailed.increment();
  }
}
