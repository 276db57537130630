// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.leasehold.net.Ipv6;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollDatagramChannelConfig;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Socket options of Linux that Netty has no name for. The numbers are those of every port. */
final class LinuxOptions {
  private static final int SOL_SOCKET = 1;
  private static final int IPPROTO_IPV6 = 41;
  private static final int NAME_OCTETS = 16;
  private static final int MEMBERSHIP_OCTETS = 20;

  /** Of struct sock_fprog where an address has eight: a length, and where the instructions are. */
  private static final int FILTER_OCTETS = 16;

  private static final int FILTER_ADDRESS = 8;

  private static final RawUnixChannelOption BIND_TO_DEVICE =
      new RawUnixChannelOption("SO_BINDTODEVICE", SOL_SOCKET, 25, NAME_OCTETS);
  private static final RawUnixChannelOption JOIN_GROUP =
      new RawUnixChannelOption("IPV6_JOIN_GROUP", IPPROTO_IPV6, 20, MEMBERSHIP_OCTETS);
  private static final RawUnixChannelOption ATTACH_FILTER =
      new RawUnixChannelOption("SO_ATTACH_FILTER", SOL_SOCKET, 26, FILTER_OCTETS);
  private static final IntegerUnixChannelOption DETACH_FILTER =
      new IntegerUnixChannelOption("SO_DETACH_FILTER", SOL_SOCKET, 27);
  private static final IntegerUnixChannelOption SEND_BUFFER_FORCE =
      new IntegerUnixChannelOption("SO_SNDBUFFORCE", SOL_SOCKET, 32);
  private static final IntegerUnixChannelOption RECEIVE_BUFFER_FORCE =
      new IntegerUnixChannelOption("SO_RCVBUFFORCE", SOL_SOCKET, 33);

  private LinuxOptions() {}

  /** Hears and speaks through one interface only. */
  static void bindToDevice(EpollDatagramChannelConfig config, String name) throws IOException {
    ByteBuffer padded = ByteBuffer.allocate(NAME_OCTETS).put(name.getBytes(US_ASCII)).position(0);
    set(config, BIND_TO_DEVICE, padded);
  }

  /** Becomes a member of a group on one interface. */
  static void joinGroup(EpollDatagramChannelConfig config, Ipv6 group, int index)
      throws IOException {
    ByteBuffer membership = ByteBuffer.allocate(MEMBERSHIP_OCTETS).order(ByteOrder.nativeOrder());
    membership.put(group.bytes().toArray()).putInt(index).position(0);
    set(config, JOIN_GROUP, membership);
  }

  /** Receives only what a program lets pass, in place of the one before. */
  static void attachFilter(EpollDatagramChannelConfig config, ByteBuffer program)
      throws IOException {
    int instructions = program.remaining() / SieveProgram.INSTRUCTION_OCTETS;
    ByteBuffer filter = ByteBuffer.allocate(FILTER_OCTETS).order(ByteOrder.nativeOrder());
    filter.putShort(0, (short) instructions).putLong(FILTER_ADDRESS, Buffer.memoryAddress(program));
    set(config, ATTACH_FILTER, filter);
    Reference.reachabilityFence(program);
  }

  /** Receives everything. There has to be a program. */
  static void detachFilter(EpollDatagramChannelConfig config) {
    config.setOption(DETACH_FILTER, 0);
  }

  private static void set(
      EpollDatagramChannelConfig config, RawUnixChannelOption option, ByteBuffer value)
      throws IOException {
    try {
      config.setOption(option, value);
    } catch (ChannelException e) {
      String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new IOException(option.name() + ": " + why, e);
    }
  }

  /** Asks for buffers: beyond the limits of the system if we may (CAP_NET_ADMIN), else within. */
  static void buffers(EpollDatagramChannelConfig config, int octets) {
    try {
      config.setOption(RECEIVE_BUFFER_FORCE, octets);
      config.setOption(SEND_BUFFER_FORCE, octets);
    } catch (ChannelException e) { // not permitted
      config.setReceiveBufferSize(octets);
      config.setSendBufferSize(octets);
    }
  }
}
