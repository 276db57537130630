// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.pool.RegistrarControl;
import io.leasehold.relay.RelayStatus;
import io.leasehold.server.ConfigurationFindings;
import io.leasehold.server.ServerStatus;
import io.leasehold.shell.client.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server's side of the console socket, asked over a real UNIX socket. */
@Timeout(10)
final class ConversationTest {
  /** What a command does. */
  private interface Command {
    Object run(String line, PrintStream out, PrintStream err) throws Exception;
  }

  private static final class CommandNotFoundException extends Exception {
    private static final long serialVersionUID = 1;

    CommandNotFoundException(String command) {
      super("Command not found: " + command);
    }
  }

  @TempDir private Path directory;
  private ServerSocketChannel listener;
  private ConfigurationFindings findings;
  private final List<RelayStatus> relays = new ArrayList<>();
  private RegistrarControl registrar;
  private final Semaphore permits = new Semaphore(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  @BeforeEach
  void listen() throws IOException {
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(directory.resolve("s")));
  }

  @AfterEach
  void stop() throws IOException {
    listener.close();
  }

  @Test
  void passesOutputErrorsAndStatusOn() throws Exception {
    SocketChannel client =
        serve(
            (line, out, err) -> {
              out.print("out " + line);
              err.print("err");
              return 3;
            });
    Frame.write(client, Frame.EXECUTE, "ä");
    assertThat(answer(client)).isEqualTo("OUT out ä|ERR err|EXIT 3");
  }

  @Test
  void printsWhatACommandReturns() throws Exception {
    SocketChannel client = serve((line, out, err) -> "a text");
    Frame.write(client, Frame.EXECUTE, "x");
    assertThat(answer(client)).isEqualTo("OUT a text\n|EXIT 0");
  }

  @Test
  void splitsWhatIsLongerThanAFrame() throws Exception {
    String longText = "0123456789".repeat(20_000);
    SocketChannel client =
        serve(
            (line, out, err) -> {
              out.print(longText);
              return null;
            });
    Frame.write(client, Frame.EXECUTE, "x");
    assertThat(answer(client).replaceAll("\\|OUT |^OUT ", "")).isEqualTo(longText + "|EXIT 0");
  }

  @Test
  void tellsAFailureAndAnUnknownCommandApart() throws Exception {
    SocketChannel failing =
        serve(
            (line, out, err) -> {
              throw new IllegalStateException("no such lease");
            });
    Frame.write(failing, Frame.EXECUTE, "x");
    assertThat(answer(failing)).isEqualTo("ERR no such lease\n|EXIT 1");
    SocketChannel unknown =
        serve(
            (line, out, err) -> {
              throw new CommandNotFoundException(line);
            });
    Frame.write(unknown, Frame.EXECUTE, "dhcp:x");
    assertThat(answer(unknown)).isEqualTo("ERR Command not found: dhcp:x\n|EXIT 127");
  }

  @Test
  void refusesMoreCommandsThanArePermitted() throws Exception {
    permits.acquireUninterruptibly();
    SocketChannel client = serve((line, out, err) -> null);
    Frame.write(client, Frame.EXECUTE, "x");
    assertThat(answer(client)).contains("too many commands").endsWith("EXIT 75");
  }

  @Test
  void closesTheSessionWhenTheClientLeaves() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    SocketChannel client =
        serve(
            (line, out, err) -> {
              running.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return null;
            });
    Frame.write(client, Frame.EXECUTE, "log:tail");
    running.await();
    client.close();
    assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(permits.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void refusesAFrameThatIsTooLong() throws Exception {
    SocketChannel client = serve((line, out, err) -> null);
    client.write(ByteBuffer.allocate(5).put(Frame.EXECUTE).putInt(Integer.MAX_VALUE).flip());
    assertThatThrownBy(() -> Frame.read(client)).isInstanceOf(EOFException.class);
  }

  @Test
  void saysWhetherTheServerIsReady() throws Exception {
    assertThat(ready(server(List.of()), false)).isEqualTo("EXIT 0");
    assertThat(ready(server(List.of("no plan", "no store")), false))
        .isEqualTo("ERR no plan\nno store\n|EXIT 1");
    assertThat(ready(server(List.of("eth2 is missing"), true), false))
        .isEqualTo("ERR eth2 is missing\n|EXIT 2");
    assertThat(ready(server(List.of("no plan")), true)).isEqualTo("ERR no plan\n|EXIT 75");
    assertThat(ready(null, false)).startsWith("ERR the server is not there").endsWith("EXIT 1");
  }

  @Test
  void mistakesInTheConfigurationStandWithTheObstacles() throws Exception {
    findings = () -> List.of("port = x");
    assertThat(ready(server(List.of("no transport")), false))
        .isEqualTo("ERR no transport\nwants attention: port = x\n|EXIT 1");
    assertThat(ready(null, false)).endsWith("\nwants attention: port = x\n|EXIT 1");
    assertThat(ready(server(List.of()), false)).isEqualTo("ERR wants attention: port = x\n|EXIT 0");
  }

  @Test
  void alarmsAreToldOfAServerThatIsReady() throws Exception {
    ServerStatus server =
        fake(
            ServerStatus.class,
            (name, args) -> name.equals("alarms") ? List.of("old plan") : List.of());
    assertThat(ready(server, false)).isEqualTo("ERR wants attention: old plan\n|EXIT 0");
    assertThat(ready(server, true)).isEqualTo("ERR wants attention: old plan\n|EXIT 75");
  }

  @Test
  void aRelayAgentNeedsNoServerToBeReady() throws Exception {
    relays.add(relay("west", List.of()));
    assertThat(ready(null, false)).isEqualTo("EXIT 0");
    relays.add(relay("east", List.of("no interface")));
    assertThat(ready(null, false)).isEqualTo("ERR relay east: no interface\n|EXIT 2");
    relays.remove(0);
    assertThat(ready(null, false)).isEqualTo("ERR relay east: no interface\n|EXIT 1");
    assertThat(ready(server(List.of()), false)).endsWith("EXIT 1");
  }

  @Test
  void aRegistrarNeedsNoServerToBeReady() throws Exception {
    registrar = registrar(true);
    assertThat(ready(null, false)).isEqualTo("ERR wants attention: registrar: a peer\n|EXIT 0");
    registrar = registrar(false);
    assertThat(ready(null, false))
        .isEqualTo("ERR registrar: joins\nwants attention: registrar: a peer\n|EXIT 1");
    assertThat(ready(server(List.of()), false)).endsWith("EXIT 1");
  }

  private static RegistrarControl registrar(boolean isReady) {
    return fake(
        RegistrarControl.class,
        (method, args) ->
            switch (method) {
              case "isReady" -> isReady;
              case "condition" -> "joins";
              default -> List.of("a peer");
            });
  }

  private static RelayStatus relay(String name, List<String> obstacles) {
    return fake(
        RelayStatus.class,
        (method, args) ->
            switch (method) {
              case "name" -> name;
              case "obstacles" -> obstacles;
              default -> List.of();
            });
  }

  private String ready(ServerStatus server, boolean starting) throws IOException {
    SocketChannel client = serve((line, out, err) -> null, server, starting);
    Frame.write(client, Frame.READY, "");
    return answer(client);
  }

  private static String answer(SocketChannel client) throws IOException {
    StringBuilder all = new StringBuilder();
    while (true) {
      Frame frame = Frame.read(client);
      switch (frame.type()) {
        case Frame.OUT -> all.append("OUT ").append(frame.text()).append('|');
        case Frame.ERR -> all.append("ERR ").append(frame.text()).append('|');
        default -> {
          return all.append("EXIT ").append(frame.status()).toString();
        }
      }
    }
  }

  private SocketChannel serve(Command command) throws IOException {
    return serve(command, null, false);
  }

  private SocketChannel serve(Command command, ServerStatus server, boolean starting)
      throws IOException {
    SocketChannel client = SocketChannel.open(listener.getLocalAddress());
    SocketChannel accepted = listener.accept();
    ConsoleSocket.start(
        "conversation",
        () -> {
          try (accepted) {
            new Conversation(accepted, sessions(command), permits)
                .run(new Readiness(server, relays, registrar, findings, starting));
          } catch (IOException e) {
            // The client has left or sent nonsense; what it then sees is what the test looks at.
            assertThat(e).isNotNull();
          }
        });
    return client;
  }

  private static ServerStatus server(List<String> obstacles) {
    return server(obstacles, false);
  }

  private static ServerStatus server(List<String> obstacles, boolean servesSome) {
    return fake(
        ServerStatus.class,
        (name, args) ->
            switch (name) {
              case "obstacles" -> obstacles;
              case "alarms" -> List.of();
              default -> servesSome;
            });
  }

  private SessionFactory sessions(Command command) {
    return fake(
        SessionFactory.class,
        (name, args) -> session(command, (PrintStream) args[1], (PrintStream) args[2]));
  }

  private Session session(Command command, PrintStream out, PrintStream err) {
    return fake(
        Session.class,
        (name, args) -> {
          if (name.equals("close")) {
            closed.countDown();
          }
          return name.equals("execute") ? command.run(args[0].toString(), out, err) : null;
        });
  }

  private interface Behaviour {
    Object call(String method, Object[] args) throws Exception;
  }

  private static <T> T fake(Class<T> type, Behaviour behaviour) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> behaviour.call(method.getName(), args)));
  }
}
