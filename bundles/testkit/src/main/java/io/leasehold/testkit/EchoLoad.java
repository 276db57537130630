// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;

/**
 * A program for the lab: keeps so many datagrams under way to an echo, and prints how many came
 * back in a second. Arguments: address, port, seconds, datagrams under way.
 */
public final class EchoLoad {
  private static final int OCTETS = 300;
  private static final long LOST_NANOS = 200_000_000;

  private EchoLoad() {}

  /** Runs for the time that is asked for. */
  public static void main(String[] arguments) throws IOException {
    InetSocketAddress echo =
        new InetSocketAddress(InetAddress.getByName(arguments[0]), Integer.parseInt(arguments[1]));
    long end = System.nanoTime() + Long.parseLong(arguments[2]) * 1_000_000_000L;
    int window = Integer.parseInt(arguments[3]);
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 22);
      channel.connect(echo);
      channel.configureBlocking(false);
      System.out.println(echoed(channel, window, end) / Long.parseLong(arguments[2]));
      System.out.println(counters(channel));
    }
  }

  private static long echoed(DatagramChannel channel, int window, long end) throws IOException {
    ByteBuffer out = ByteBuffer.allocateDirect(OCTETS);
    ByteBuffer in = ByteBuffer.allocateDirect(2048);
    long echoed = 0;
    int underWay = 0;
    long heard = System.nanoTime();
    while (System.nanoTime() < end) {
      for (; underWay < window; underWay++) {
        channel.write(out.clear());
      }
      while (channel.read(in.clear()) > 0) {
        echoed++;
        underWay = Math.max(0, underWay - 1);
        heard = System.nanoTime();
      }
      if (System.nanoTime() - heard > LOST_NANOS) {
        underWay = 0; // all that was under way is lost
        heard = System.nanoTime();
      }
      Thread.onSpinWait();
    }
    return echoed;
  }

  private static String counters(DatagramChannel channel) throws IOException {
    channel.configureBlocking(true);
    channel.write(ByteBuffer.wrap("counters".getBytes(StandardCharsets.US_ASCII)));
    ByteBuffer in = ByteBuffer.allocate(4096);
    do {
      channel.read(in.clear());
    } while (in.get(0) != '{');
    return StandardCharsets.US_ASCII.decode(in.flip()).toString();
  }
}
