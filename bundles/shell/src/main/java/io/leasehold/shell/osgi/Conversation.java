// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell.osgi;

import io.leasehold.shell.client.Frame;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on the console socket and its answer. Not for use by more than one thread. */
final class Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
  private static final int FAILED = 1;
  private static final int NO_SUCH_COMMAND = 127;
  private static final int MAX_STATUS = 255;

  /** The roles of Karaf's own local console: who can open the socket owns the server's files. */
  private static final Subject OPERATOR =
      new Subject(
          true,
          Set.of(
              new UserPrincipal("local"),
              new RolePrincipal("admin"),
              new RolePrincipal("manager"),
              new RolePrincipal("viewer"),
              new RolePrincipal("systembundles")),
          Set.of(),
          Set.of());

  private final SocketChannel channel;
  private final SessionFactory sessions;
  private final Semaphore permits;

  Conversation(SocketChannel channel, SessionFactory sessions, Semaphore permits) {
    this.channel = channel;
    this.sessions = sessions;
    this.permits = permits;
  }

  /** Reads the request and answers it; blocks while the command runs. */
  void run(Readiness readiness) throws IOException {
    Frame request = Frame.read(channel);
    switch (request.type()) {
      case Frame.READY -> readiness(readiness);
      case Frame.EXECUTE -> executeIfPermitted(request.text());
      default -> refuse("request type " + request.type() + " is unknown");
    }
  }

  private void executeIfPermitted(String line) throws IOException {
    if (!permits.tryAcquire()) {
      refuse("too many commands are running; wait for one to end");
      return;
    }
    int status;
    try {
      status = execute(line);
    } finally {
      permits.release();
    }
    // After the release: who sends one command after the other holds one permit at a time.
    exit(status);
  }

  private void refuse(String reason) throws IOException {
    Frame.write(channel, Frame.ERR, reason + "\n");
    exit(Frame.TRY_LATER);
  }

  private void readiness(Readiness readiness) throws IOException {
    List<String> obstacles = readiness.obstacles();
    List<String> alarms = readiness.alarms();
    List<String> lines = new ArrayList<>(obstacles);
    lines.addAll(alarms);
    if (!lines.isEmpty()) {
      Frame.write(channel, Frame.ERR, String.join("\n", lines) + "\n");
    }
    exit(readiness.status(obstacles, alarms));
  }

  private int execute(String line) {
    PrintStream out = stream(Frame.OUT);
    PrintStream err = stream(Frame.ERR);
    int status;
    try {
      status =
          Subject.doAs(OPERATOR, (PrivilegedExceptionAction<Integer>) () -> status(line, out, err));
    } catch (PrivilegedActionException | RuntimeException e) {
      Throwable cause = e instanceof PrivilegedActionException ? e.getCause() : e;
      err.println(
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
      boolean unknown = cause.getClass().getSimpleName().equals("CommandNotFoundException");
      status = unknown ? NO_SUCH_COMMAND : FAILED;
    }
    out.flush();
    err.flush();
    return status;
  }

  private int status(String line, PrintStream out, PrintStream err) throws Exception {
    try (Session session = sessions.create(InputStream.nullInputStream(), out, err)) {
      Thread runner = Thread.currentThread();
      ConsoleSocket.start("leasehold-console-watch", () -> closeOnDisconnect(session, runner));
      session.put("USER", "local");
      return status(session.execute(line), out);
    }
  }

  private PrintStream stream(byte type) {
    return new PrintStream(
        new PlainOutput(new BufferedOutputStream(new FrameOutput(channel, type))),
        false,
        StandardCharsets.UTF_8);
  }

  /**
   * A small whole number is the command's exit status; any other result is printed, an array as its
   * elements.
   */
  private static int status(Object result, PrintStream out) {
    if (result instanceof Integer number && number >= 0 && number <= MAX_STATUS) {
      return number;
    }
    if (result instanceof Object[] several) {
      Arrays.stream(several).forEach(out::println);
    } else if (result != null) {
      out.println(result);
    }
    return 0;
  }

  private void closeOnDisconnect(Session session, Thread runner) {
    try {
      if (channel.read(ByteBuffer.allocate(1)) < 0) {
        session.close();
        runner.interrupt();
      }
    } catch (IOException e) {
      LOG.trace(
          "the answer is complete and the channel closed, or it broke and writing fails too", e);
    }
  }

  private void exit(int status) throws IOException {
    Frame.write(channel, Frame.EXIT, new byte[] {(byte) status}, 0, 1);
  }
}
