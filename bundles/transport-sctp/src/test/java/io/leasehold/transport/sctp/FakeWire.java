// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.HopEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A socket that remembers. */
final class FakeWire implements Sockets.Socket {
  final List<Bytes> sent = new ArrayList<>();
  final List<Integer> protocols = new ArrayList<>();
  Ends ends;
  int room = Integer.MAX_VALUE;
  boolean reading;
  boolean writing;
  boolean peerEndsToo;
  boolean isShutDown;
  boolean isClosed;
  Association association;

  FakeWire(Ends ends) {
    this.ends = ends;
  }

  static FakeWire between(String local, String... remotes) {
    return new FakeWire(ends(List.of(local), List.of(remotes)));
  }

  static Ends ends(List<String> locals, List<String> remotes) {
    return new Ends(hopEnds(locals.stream(), 3863), hopEnds(remotes.stream(), 40000));
  }

  private static List<HopEnd> hopEnds(Stream<String> addresses, int port) {
    return addresses.map(each -> new HopEnd(Ipv6.ofText(each), port)).toList();
  }

  @Override
  public void serve(Association of) throws IOException {
    association = of;
    of.connected(this);
  }

  @Override
  public Ends ends() {
    return ends;
  }

  @Override
  public boolean send(ByteBuffer message, int protocol) {
    if (room == 0) {
      return false;
    }
    room--;
    byte[] octets = new byte[message.remaining()];
    message.get(octets);
    sent.add(Bytes.wrap(octets));
    protocols.add(protocol);
    return true;
  }

  @Override
  public void interest(boolean inReading, boolean inWriting) {
    reading = inReading;
    writing = inWriting;
  }

  @Override
  public void shutdown() {
    isShutDown = true;
    if (peerEndsToo) {
      association.finished();
    }
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
