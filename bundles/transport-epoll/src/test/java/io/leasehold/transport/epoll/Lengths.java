// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.util.Queue;

/** Notes the lengths of datagrams. */
final class Lengths extends SimpleChannelInboundHandler<DatagramPacket> {
  private final Queue<Integer> lengths;

  Lengths(Queue<Integer> lengths) {
    this.lengths = lengths;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
    lengths.add(datagram.content().readableBytes());
  }
}
