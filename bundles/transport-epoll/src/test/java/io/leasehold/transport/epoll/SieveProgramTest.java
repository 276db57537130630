// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.transport.Sieve;
import io.leasehold.transport.Sieve.Field;
import io.leasehold.transport.Sieve.Shape;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The kernel is asked what it makes of a program. */
final class SieveProgramTest {
  private static final Sieve SIEVE =
      new Sieve(
          List.of(
              Shape.of(new Field(0, 1, 1)),
              Shape.of(new Field(0, 1, 12), new Field(4, 2, 0x0901), new Field(8, 4, 0xfffefdfc))));

  @Test
  void theKernelDropsWhatHasAShapeAndNothingElse() throws Exception {
    List<byte[]> with = List.of(new byte[] {1}, new byte[] {1, 2, 3}, relayed(0xfc));
    List<byte[]> without =
        List.of(new byte[0], new byte[] {2}, new byte[] {12}, new byte[] {12, 0, 0, 0}, relayed(0));
    assertThat(received(0, with)).isZero();
    assertThat(received(0, without)).isEqualTo(without.size());
    assertThat(received(1000, with)).isEqualTo(with.size());
  }

  private static byte[] relayed(int last) {
    return new byte[] {12, 0, 0, 0, 9, 1, 0, 0, -1, -2, -3, (byte) last};
  }

  /** How many of the datagrams a socket receives; a last one, which passes, tells the end. */
  private static int received(int perMille, List<byte[]> datagrams) throws Exception {
    var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    var lengths = new java.util.concurrent.LinkedBlockingQueue<Integer>();
    try (DatagramSocket sender = new DatagramSocket()) {
      EpollDatagramChannel channel = new EpollDatagramChannel();
      channel.pipeline().addLast(new Lengths(lengths));
      group.register(channel).sync();
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).sync();
      LinuxOptions.attachFilter(channel.config(), SieveProgram.of(SIEVE, perMille));
      for (byte[] datagram : datagrams) {
        sender.send(new DatagramPacket(datagram, datagram.length, channel.localAddress()));
      }
      sender.send(new DatagramPacket(new byte[99], 99, channel.localAddress()));
      int count = 0;
      while (lengths.poll(10, TimeUnit.SECONDS) != 99) {
        count++;
      }
      channel.close().sync();
      return count;
    } finally {
      group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
    }
  }
}
