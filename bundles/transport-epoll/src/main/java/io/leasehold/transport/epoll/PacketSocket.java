// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import io.leasehold.net.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Linux packet socket (packet(7)) that sends IPv4 datagrams and receives nothing: the kernel adds
 * the link-layer header, and so the VLAN tag where the interface has one. Not for several threads
 * at once.
 */
final class PacketSocket {
  private static final Logger LOG = LoggerFactory.getLogger(PacketSocket.class);
  private static final int AF_PACKET = 17;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int NO_PROTOCOL = 0;
  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ADDRESS_OCTETS = 20;
  private static final int LINK_LAYER_OCTETS = 8;

  /** The C library, bound while there are packet sockets. */
  private static final class Libc {
    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native NativeLong sendto(
        int descriptor, byte[] message, NativeLong length, int flags, byte[] to, int toLength)
        throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;
  }

  private static int openSockets;

  private final int descriptor;

  private PacketSocket(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Opens one.
   *
   * @throws IOException if the process may not (it needs CAP_NET_RAW)
   * @throws LinkageError if the C library cannot be called
   */
  static PacketSocket open() throws IOException {
    synchronized (Libc.class) { // several bindings open and close
      if (openSockets == 0) {
        Native.register(Libc.class, Platform.C_LIBRARY_NAME);
      }
      openSockets++;
      try {
        int type = SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
        return new PacketSocket(Libc.socket(AF_PACKET, type, NO_PROTOCOL));
      } catch (LastErrorException e) {
        unbindAfterLast();
        throw new IOException(e.getMessage(), e);
      }
    }
  }

  /** Sends a datagram out of an interface to a link-layer address. Does not block. */
  void send(byte[] datagram, int index, Bytes linkLayer) throws IOException {
    ByteBuffer to = ByteBuffer.allocate(ADDRESS_OCTETS).order(ByteOrder.nativeOrder());
    to.putShort((short) AF_PACKET);
    to.order(ByteOrder.BIG_ENDIAN).putShort((short) ETHERTYPE_IPV4);
    to.order(ByteOrder.nativeOrder()).putInt(index);
    to.putShort((short) 0).put((byte) 0).put((byte) linkLayer.length());
    to.put(linkLayer.toArray(), 0, Math.min(LINK_LAYER_OCTETS, linkLayer.length()));
    try {
      Libc.sendto(
          descriptor, datagram, new NativeLong(datagram.length), 0, to.array(), ADDRESS_OCTETS);
    } catch (LastErrorException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  void close() {
    synchronized (Libc.class) {
      try {
        Libc.close(descriptor);
      } catch (LastErrorException e) {
        LOG.warn("epoll: a packet socket could not be closed: {}", e.getMessage());
      }
      unbindAfterLast();
    }
  }

  /** The library is let go, and the thread with which JNA frees what is forgotten has no work. */
  private static void unbindAfterLast() {
    openSockets--;
    if (openSockets == 0) {
      Native.unregister(Libc.class);
      NativeLibrary.getInstance(Platform.C_LIBRARY_NAME).close();
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getClass().getName().startsWith("com.sun.jna."))
          .filter(thread -> thread.getClass().getClassLoader() == Native.class.getClassLoader())
          .forEach(Thread::interrupt);
    }
  }
}
