// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import com.sun.nio.sctp.SctpChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Sockets of the kernel by way of the JDK, either of which may have no SCTP. */
final class KernelSockets implements Sockets {
  /** What needs SCTP; nothing else of this transport does. */
  interface Opening<T> {
    /** Does it. */
    T open() throws IOException;
  }

  @Override
  public Optional<String> absence() {
    return absence(
        () -> {
          SctpChannel.open().close();
          return true;
        });
  }

  static Optional<String> absence(Opening<?> probe) {
    try {
      orSayWhyNot(probe);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * Does what needs SCTP.
   *
   * @throws IOException that says what an operator can do where there is none
   */
  static <T> T orSayWhyNot(Opening<T> opening) throws IOException {
    try {
      return opening.open();
    } catch (LinkageError e) {
      throw new IOException(
          "Java has no SCTP here (module jdk.sctp, package com.sun.nio.sctp, which"
              + " org.osgi.framework.system.packages.extra must name): "
              + e.getMessage(),
          e);
    } catch (UnsupportedOperationException e) {
      String why = String.valueOf(e.getMessage());
      String remedy =
          why.contains("libsctp")
              ? "the library libsctp.so.1 is missing (package libsctp1)"
              : "the kernel has no SCTP (modprobe sctp loads it where it is installed)";
      throw new IOException(remedy + ": " + why, e);
    }
  }

  @Override
  public void connect(
      Association association, InetSocketAddress to, List<InetAddress> from, SctpLoop loop)
      throws IOException {
    orSayWhyNot(
        () -> {
          KernelWire wire = KernelWire.outgoing(loop);
          association.connecting(wire);
          wire.bind(from);
          wire.connect(association, to);
          return wire;
        });
  }

  @Override
  public Door door(int port, Consumer<Socket> arrived, SctpLoop loop) throws IOException {
    return orSayWhyNot(() -> new KernelDoor(port, arrived, loop));
  }
}
