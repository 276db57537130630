// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import java.net.SocketOption;
import java.util.LinkedHashMap;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;

/** Options of connections in both directions. */
final class SocketOptions {
  private static final int KEEPALIVE_IDLE_SECONDS = 30;
  private static final int KEEPALIVE_INTERVAL_SECONDS = 10;
  private static final int KEEPALIVE_PROBES = 3;

  private SocketOptions() {}

  /** Keepalive that finds a peer dead in a minute, where the system can; no pooled memory. */
  static Map<ChannelOption<?>, Object> connections() {
    Map<ChannelOption<?>, Object> options = new LinkedHashMap<>();
    // What Netty pools for the whole process would stay behind when the bundle goes.
    options.put(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT);
    options.put(ChannelOption.TCP_NODELAY, true);
    options.put(ChannelOption.SO_KEEPALIVE, true);
    keepalive(options, ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS);
    keepalive(options, ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEPALIVE_INTERVAL_SECONDS);
    keepalive(options, ExtendedSocketOptions.TCP_KEEPCOUNT, KEEPALIVE_PROBES);
    return options;
  }

  private static void keepalive(
      Map<ChannelOption<?>, Object> options, SocketOption<Integer> option, int value) {
    options.put(NioChannelOption.of(option), value);
  }
}
