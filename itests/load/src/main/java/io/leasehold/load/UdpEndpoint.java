// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;

/** A datagram socket of the kernel. */
final class UdpEndpoint implements AutoCloseable {
  private static final int BUFFER_OCTETS = 16 << 20;

  private final int fd;
  private final boolean v6;
  private final NativeBuffer scratch = NativeBuffer.structures(64);

  private UdpEndpoint(int fd, boolean v6) {
    this.fd = fd;
    this.v6 = v6;
  }

  /**
   * Opens and binds a socket with large buffers (as large as allowed without being root).
   *
   * @param local the address, or null for any
   * @param nic the only interface to be used, or null for all
   * @throws IOException if the kernel refuses
   */
  static UdpEndpoint bind(boolean v6, InetAddress local, int port, NetworkInterface nic)
      throws IOException {
    int fd = Libc.socket(v6 ? Libc.AF_INET6 : Libc.AF_INET, Libc.SOCK_DGRAM, 0);
    if (fd < 0) {
      throw new IOException("socket: errno " + Libc.errno());
    }
    UdpEndpoint endpoint = new UdpEndpoint(fd, v6);
    try {
      endpoint.set(Libc.SOL_SOCKET, Libc.SO_REUSEADDR, 1);
      endpoint.set(Libc.SOL_SOCKET, Libc.SO_TIMESTAMPNS, 1);
      if (v6) {
        endpoint.set(Libc.IPPROTO_IPV6, Libc.IPV6_V6ONLY, 1);
      }
      endpoint.setBuffers();
      if (nic != null) {
        endpoint.bindTo(nic);
      }
      endpoint.bind(local, port, nic);
      return endpoint;
    } catch (IOException e) {
      endpoint.close();
      throw e;
    }
  }

  private void setBuffers() throws IOException {
    scratch.octets().putInt(0, BUFFER_OCTETS);
    if (Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, scratch.address(), 4) != 0) {
      set(Libc.SOL_SOCKET, Libc.SO_RCVBUF, BUFFER_OCTETS);
    } else {
      set(Libc.SOL_SOCKET, Libc.SO_SNDBUFFORCE, BUFFER_OCTETS);
    }
  }

  private void set(int level, int name, int value) throws IOException {
    scratch.octets().putInt(0, value);
    check(Libc.setsockopt(fd, level, name, scratch.address(), 4), "setsockopt " + name);
  }

  private void bindTo(NetworkInterface nic) throws IOException {
    byte[] name = nic.getName().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    scratch.octets().put(0, name).put(name.length, (byte) 0);
    check(
        Libc.setsockopt(
            fd, Libc.SOL_SOCKET, Libc.SO_BINDTODEVICE, scratch.address(), name.length + 1),
        "interface " + nic.getName());
  }

  private void bind(InetAddress local, int port, NetworkInterface nic) throws IOException {
    check(Libc.bind(fd, scratch.address(), address(local, port, nic)), "bind to port " + port);
  }

  /** From now on what is sent goes there, and only what comes from there is received. */
  void connect(InetAddress to, int port, NetworkInterface nic) throws IOException {
    check(Libc.connect(fd, scratch.address(), address(to, port, nic)), "connect to " + to);
  }

  /** Receives what is sent to a group on an interface. */
  void join(InetAddress group, NetworkInterface nic) throws IOException {
    scratch.octets().put(0, group.getAddress()).putInt(16, nic.getIndex());
    check(
        Libc.setsockopt(fd, Libc.IPPROTO_IPV6, Libc.IPV6_JOIN_GROUP, scratch.address(), 20),
        "join " + group);
  }

  /** Writes a struct sockaddr to the scratch memory and returns its length. */
  private int address(InetAddress address, int port, NetworkInterface nic) {
    var octets = scratch.octets();
    octets.put(0, new byte[MessageHeaders.NAME_OCTETS]);
    octets.putShort(0, (short) (v6 ? Libc.AF_INET6 : Libc.AF_INET));
    octets.put(2, (byte) (port >> 8)).put(3, (byte) port);
    byte[] host = address == null ? new byte[v6 ? 16 : 4] : address.getAddress();
    octets.put(v6 ? 8 : 4, host);
    if (v6 && nic != null) {
      octets.putInt(24, nic.getIndex());
    }
    return v6 ? MessageHeaders.NAME_OCTETS : 16;
  }

  private static void check(int result, String what) throws IOException {
    if (result != 0) {
      throw new IOException(what + ": errno " + Libc.errno());
    }
  }

  int fd() {
    return fd;
  }

  boolean isV6() {
    return v6;
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
