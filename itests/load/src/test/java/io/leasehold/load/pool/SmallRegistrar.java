// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load.pool;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.FrameReader;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.PoolMessage;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.EndpointKeepAlive;
import io.leasehold.rserpool.wire.asap.EndpointKeepAliveAck;
import io.leasehold.rserpool.wire.asap.HandleResolution;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.rserpool.wire.asap.RegistrationResponse;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A registrar in clear at a free port of 127.0.0.1, a thread for each connection. */
final class SmallRegistrar implements Closeable {
  final Map<PoolHandle, Map<Long, PoolElement>> pools = new ConcurrentHashMap<>();
  final Set<ElementKey> alive = ConcurrentHashMap.newKeySet();
  private final ServerSocket listener = new ServerSocket();
  private final int most;

  /**
   * Listens.
   *
   * @param most members of a pool
   */
  SmallRegistrar(int most) throws IOException {
    this.most = most;
    listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    start(this::accept);
  }

  String port() {
    return Integer.toString(listener.getLocalPort());
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket socket = listener.accept();
      start(() -> serve(socket));
    }
  }

  private void serve(Socket socket) throws IOException {
    FrameReader frames = new FrameReader(PoolMessage.MAX_LENGTH);
    byte[] octets = new byte[4096];
    for (int read = 0; read >= 0; read = socket.getInputStream().read(octets)) {
      ByteBuffer in = ByteBuffer.wrap(octets, 0, read);
      for (Bytes next = frames.next(in); next != null; next = frames.next(in)) {
        AsapMessage message = ((Decoded.Accepted<AsapMessage>) AsapMessage.decode(next)).message();
        answer(message, socket.getOutputStream());
      }
    }
  }

  private void answer(AsapMessage message, OutputStream out) throws IOException {
    if (message instanceof Registration registration) {
      Map<Long, PoolElement> members =
          pools.computeIfAbsent(registration.handle(), any -> new TreeMap<>());
      ElementKey key = registration.key();
      synchronized (members) {
        boolean isFull = members.size() >= most;
        if (isFull) {
          OperationError error = OperationError.of(ErrorCause.LACK_OF_RESOURCES);
          out.write(RegistrationResponse.rejected(key, error).encode().toArray());
          return;
        }
        members.put(key.identifier(), registration.element());
      }
      out.write(RegistrationResponse.accepted(key).encode().toArray());
      EndpointKeepAlive question =
          new EndpointKeepAlive(true, 1, key.handle(), OptionalLong.of(key.identifier()));
      out.write(question.encode().toArray());
    } else if (message instanceof EndpointKeepAliveAck ack) {
      alive.add(ack.key());
    } else if (message instanceof HandleResolution resolution) {
      Map<Long, PoolElement> members = pools.getOrDefault(resolution.handle(), Map.of());
      HandleResolutionResponse response =
          new HandleResolutionResponse(
              false,
              resolution.handle(),
              Optional.empty(),
              List.copyOf(members.values()),
              Optional.empty());
      out.write(response.encode().toArray());
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
