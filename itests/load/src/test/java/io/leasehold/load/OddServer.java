// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import io.leasehold.net.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** A server that may answer a message any number of times, on a thread of its own. */
final class OddServer implements AutoCloseable {
  private static final int LONGEST = 1000;

  private final String host;
  private final DatagramSocket socket;
  private final EchoAnswers answers;
  private final IntUnaryOperator howOften;
  private final Map<Bytes, Integer> heard = new HashMap<>();
  private final Thread thread = new Thread(this::run, "odd-server");

  /**
   * @param howOften from how often a message of this transaction and type has come to how often it
   *     is answered
   */
  OddServer(String host, EchoAnswers answers, IntUnaryOperator howOften) throws IOException {
    this.host = host;
    this.answers = answers;
    this.howOften = howOften;
    socket = new DatagramSocket(0, InetAddress.getByName(host));
    thread.start();
  }

  String host() {
    return host;
  }

  int port() {
    return socket.getLocalPort();
  }

  private void run() {
    try {
      while (!socket.isClosed()) {
        serve();
      }
    } catch (SocketException e) {
      // closed
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
    socket.receive(packet);
    Bytes question = Bytes.copyOf(packet.getData(), 0, packet.getLength());
    int times = heard.merge(transaction(question), 1, Integer::sum);
    Bytes answer = Messages.echoed(answers, question);
    for (int i = howOften.applyAsInt(times); i > 0; i--) {
      packet.setData(answer.toArray());
      socket.send(packet);
    }
  }

  /**
   * Of a relayed DHCPv6 message the octets that a retransmission does not change; of DHCPv4 the id.
   */
  private static Bytes transaction(Bytes message) {
    return message.at(0) == Protocol6.RELAY_FORWARD
        ? message.slice(Protocol6.RELAY_HEADER + 4, Protocol6.RELAY_HEADER + 8)
        : message.slice(Protocol4.XID, Protocol4.XID + 4);
  }

  @Override
  public void close() {
    socket.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
