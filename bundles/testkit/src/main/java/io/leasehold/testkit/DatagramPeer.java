// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;

/** The other side: an ordinary UDP socket on the loopback address of a family. */
public final class DatagramPeer implements AutoCloseable {
  /** What came back, and from where. */
  public record Answer(Bytes message, Ipv6 address, int port) {}

  private final InetAddress loopback;
  private final DatagramSocket socket;

  /** Opens it on a free port. */
  public DatagramPeer(Family family) throws IOException {
    loopback = InetAddress.getByName(loopback(family).toString());
    socket = new DatagramSocket(0, loopback);
    socket.setReceiveBufferSize(1 << 20);
  }

  /** The loopback address of a family. */
  public static Ipv6 loopback(Family family) {
    return Ipv6.ofText(family == Family.IPV4 ? "127.0.0.1" : "::1");
  }

  private static Ipv6 address(Bytes octets) {
    return octets.length() == 4 ? Ipv6.mapped(Ipv4.of(octets)) : Ipv6.of(octets);
  }

  /** Its port. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Sends to a port of the loopback address. */
  public void send(Bytes message, int port) throws IOException {
    byte[] octets = message.toArray();
    socket.send(new DatagramPacket(octets, octets.length, loopback, port));
  }

  /**
   * Waits for a message.
   *
   * @throws java.net.SocketTimeoutException if none comes in time
   */
  public Answer receive(Duration patience) throws IOException {
    socket.setSoTimeout((int) patience.toMillis());
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    socket.receive(packet);
    return new Answer(
        Bytes.copyOf(packet.getData(), packet.getOffset(), packet.getLength()),
        address(Bytes.copyOf(packet.getAddress().getAddress())),
        packet.getPort());
  }

  @Override
  public void close() {
    socket.close();
  }
}
