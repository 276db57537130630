// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec.osgi;

import io.leasehold.security.ipsec.Listing;
import io.leasehold.security.ipsec.ViciFormatException;
import io.leasehold.security.ipsec.ViciFrames;
import io.leasehold.security.ipsec.ViciMessage;
import io.leasehold.security.ipsec.ViciPacket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Answers at a UNIX socket as strongSwan would. */
final class FakeCharon implements AutoCloseable {
  volatile Listing listing = new Listing();
  volatile boolean silent;
  private final ServerSocketChannel server;
  private final Thread thread = new Thread(this::run, "fake-charon");
  private volatile SocketChannel client;

  FakeCharon(Path socket) throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (server.isOpen()) {
      try (SocketChannel accepted = server.accept()) {
        client = accepted;
        // Whoever closed it meanwhile has not seen this client.
        if (server.isOpen()) {
          serve(accepted);
        }
      } catch (IOException | ViciFormatException e) {
        client = null;
      }
    }
  }

  private void serve(SocketChannel channel) throws IOException, ViciFormatException {
    ViciFrames frames = new ViciFrames();
    ByteBuffer octets = ByteBuffer.allocate(1000);
    while (channel.read(octets.clear()) >= 0) {
      octets.flip();
      for (Optional<ViciPacket> packet = frames.take(octets);
          packet.isPresent();
          packet = frames.take(octets)) {
        if (!silent) {
          answer(packet.get());
        }
      }
    }
  }

  private void answer(ViciPacket packet) throws IOException {
    Listing now = listing;
    if (packet.type() == ViciPacket.Type.REGISTER) {
      say(ViciPacket.Type.CONFIRM, "", ViciMessage.EMPTY);
      return;
    }
    if (packet.name().equals("list-sas")) {
      sayAll("list-sa", now.associations());
    } else if (packet.name().equals("list-policies")) {
      sayAll("list-policy", now.policies());
    }
    say(ViciPacket.Type.RESPONSE, "", ViciMessage.EMPTY);
  }

  private void sayAll(String event, List<ViciMessage> messages) throws IOException {
    for (ViciMessage each : messages) {
      say(ViciPacket.Type.EVENT, event, each);
    }
  }

  private synchronized void say(ViciPacket.Type type, String name, ViciMessage message)
      throws IOException {
    ByteBuffer frame = ViciFrames.frame(new ViciPacket(type, name, message));
    while (frame.hasRemaining()) {
      client.write(frame);
    }
  }

  /** Changes what is in force, and says so. */
  void change(Listing next) throws IOException {
    listing = next;
    say(ViciPacket.Type.EVENT, "child-updown", ViciMessage.EMPTY);
  }

  /** Octets that are no packet. */
  void rave() throws IOException {
    client.write(ByteBuffer.wrap(new byte[] {0x7f, 0, 0, 0, 1, 2, 3}));
  }

  void hangUp() throws IOException {
    client.close();
  }

  @Override
  public void close() throws IOException {
    server.close();
    SocketChannel open = client;
    if (open != null) {
      open.close();
    }
  }
}
