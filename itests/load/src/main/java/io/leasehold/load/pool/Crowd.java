// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load.pool;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/** Connections to a registrar, each from the next address. One thread receives. */
final class Crowd implements Closeable {
  /** What came on a connection. */
  interface Ear {
    /** A message. */
    void heard(Link link, Bytes message) throws IOException;
  }

  final List<Link> links = new ArrayList<>();
  private final Place place;
  private final Selector selector = Selector.open();

  /**
   * Where the crowd is and where it goes.
   *
   * @param keys what each proves itself with; null in clear
   */
  record Place(Ipv6 first, InetSocketAddress to, Keys keys) {
    Link connect(int number, InetSocketAddress where) throws IOException {
      return new Link(number, from(number), where, keys == null ? null : keys.engine(number));
    }

    private InetSocketAddress from(int number) throws IOException {
      Ipv6 address = first.plus(number);
      byte[] octets =
          address.isMapped() ? address.toIpv4().bytes().toArray() : address.bytes().toArray();
      return new InetSocketAddress(InetAddress.getByAddress(octets), 0);
    }

    Ipv6 address(int number) {
      return first.plus(number);
    }
  }

  /** Connects, one after the other. */
  Crowd(Place place, int first, int count) throws IOException {
    this.place = place;
    for (int i = first; i < first + count; i++) {
      add(place.connect(i, place.to()));
    }
  }

  /** One more connection of somebody who has one, to another registrar perhaps. */
  Link add(int number, InetSocketAddress where) throws IOException {
    return add(place.connect(number, where));
  }

  private Link add(Link link) throws IOException {
    links.add(link);
    link.channel.register(selector, SelectionKey.OP_READ, link);
    return link;
  }

  /** Tells what comes, for so long at most; 0: until something comes. */
  void listen(long millis, Ear ear) throws IOException {
    if (selector.select(millis) == 0) {
      return;
    }
    for (SelectionKey key : selector.selectedKeys()) {
      Link link = (Link) key.attachment();
      List<Bytes> messages = new ArrayList<>();
      link.receive(messages::add);
      for (Bytes each : messages) {
        ear.heard(link, each);
      }
    }
    selector.selectedKeys().clear();
  }

  /** Ends a wait of another thread. */
  void wake() {
    selector.wakeup();
  }

  @Override
  public void close() throws IOException {
    for (Link each : links) {
      each.close();
    }
    selector.close();
  }
}
