// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A kernel of the test: what it is asked for it remembers, what comes the test says. */
final class FakeSockets implements Sockets {
  final List<FakeDoor> doors = new CopyOnWriteArrayList<>();
  final List<String> dialled = new CopyOnWriteArrayList<>();
  volatile String absence = "";
  volatile String unbindable = "";

  /** A socket that accepts. */
  final class FakeDoor implements Door {
    final List<String> open = new CopyOnWriteArrayList<>();
    final Consumer<Socket> arrived;
    volatile boolean isClosed;

    FakeDoor(Consumer<Socket> arrived) {
      this.arrived = arrived;
    }

    @Override
    public void open(Optional<InetAddress> address) throws IOException {
      String text = address.map(InetAddress::getHostAddress).orElse("*");
      if (text.equals(unbindable)) {
        throw new IOException("Cannot assign requested address");
      }
      open.add(text);
    }

    @Override
    public void shut(InetAddress address) {
      open.remove(address.getHostAddress());
    }

    @Override
    public void resume() {
      // Nothing has failed.
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }

  @Override
  public Optional<String> absence() {
    return Optional.of(absence).filter(each -> !each.isEmpty());
  }

  @Override
  public void connect(
      Association association, InetSocketAddress to, List<InetAddress> from, SctpLoop loop)
      throws IOException {
    orAbsent();
    Set<String> sources = new HashSet<>();
    from.forEach(each -> sources.add(each.getHostAddress()));
    dialled.add(sources + " -> " + to.getAddress().getHostAddress() + " " + to.getPort());
    FakeWire wire = FakeWire.between("127.0.0.1", to.getAddress().getHostAddress());
    wire.peerEndsToo = true;
    wire.serve(association);
  }

  @Override
  public Door door(int port, Consumer<Socket> arrived, SctpLoop loop) throws IOException {
    orAbsent();
    FakeDoor door = new FakeDoor(arrived);
    doors.add(door);
    return door;
  }

  private void orAbsent() throws IOException {
    if (!absence.isEmpty()) {
      throw new IOException(absence);
    }
  }

  /** All that were made, as places. */
  List<List<String>> places() {
    return new ArrayList<>(doors.stream().map(each -> List.copyOf(each.open)).toList());
  }
}
