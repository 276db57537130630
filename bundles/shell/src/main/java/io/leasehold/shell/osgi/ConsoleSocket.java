// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell.osgi;

import io.leasehold.pool.RegistrarControl;
import io.leasehold.relay.RelayStatus;
import io.leasehold.server.ConfigurationFindings;
import io.leasehold.server.ServerStatus;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Console commands over a UNIX socket. Who may open the socket file, which lies in a directory of
 * the server's user alone, may run any command; there is no other authentication and nothing
 * listens on the network.
 */
@Component(
    immediate = true,
    service = {})
public final class ConsoleSocket {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleSocket.class);
  private static final int MAX_COMMANDS = 8;
  private static final int MAX_CONNECTIONS = 64;

  /** Karaf's start level at which every bundle has been started. */
  private static final int FULL_LEVEL = 100;

  /** Linux takes 107 octets as the path of a socket, Java somewhat fewer. */
  private static final int MAX_PATH_LENGTH = 100;

  private final BundleContext context;
  private final SessionFactory sessions;
  private final Path path;
  private final ServerSocketChannel listener;
  private final Semaphore permits = new Semaphore(MAX_COMMANDS);
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile ServerStatus server;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile ConfigurationFindings configuration;

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile List<RelayStatus> relays = List.of();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile RegistrarControl registrar;

  /** Opens the socket {@code leasehold/console.sock} in Karaf's data directory. */
  @Activate
  public ConsoleSocket(BundleContext context, @Reference SessionFactory sessions)
      throws IOException {
    this.context = context;
    this.sessions = sessions;
    this.path =
        Path.of(context.getProperty("karaf.data"), "leasehold", "console.sock").toAbsolutePath();
    Files.createDirectories(
        path.getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.deleteIfExists(path);
    listener = open(path);
    start("leasehold-console-accept", this::accept);
  }

  private static ServerSocketChannel open(Path path) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(address(path)));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The path itself, or relative to the working directory when it is too long for the kernel. */
  private static Path address(Path path) {
    if (path.toString().getBytes().length <= MAX_PATH_LENGTH) {
      return path;
    }
    return Path.of("").toAbsolutePath().relativize(path);
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        SocketChannel channel = listener.accept();
        if (connections.size() >= MAX_CONNECTIONS) {
          channel.close();
          continue;
        }
        connections.add(channel);
        start("leasehold-console", () -> serve(channel));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.warn(
            "{}: the console socket failed and is closed; restart the bundle to open it again",
            path,
            e);
        return;
      }
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      new Conversation(channel, sessions, permits)
          .run(new Readiness(server, List.copyOf(relays), registrar, configuration, starting()));
    } catch (IOException e) {
      LOG.debug("console client left", e);
    } finally {
      connections.remove(channel);
    }
  }

  private boolean starting() {
    return context.getBundle(0).adapt(FrameworkStartLevel.class).getStartLevel() < FULL_LEVEL;
  }

  static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Closes the socket and every session. */
  @Deactivate
  public void close() throws IOException {
    listener.close();
    for (SocketChannel connection : connections) {
      connection.close();
    }
    Files.deleteIfExists(path);
  }
}
