// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The program behind {@code bin/leasehold exec} and {@code bin/leasehold start}.
 *
 * <p>{@code Exec SOCKET LINE} runs a command line on the server's console; its output and exit
 * status become this program's. {@code Exec --await SOCKET PID LIMIT SETTLE} waits until the server
 * of that process is ready, at most LIMIT seconds, and gives up early when the process is gone or
 * the same obstacles have stood for SETTLE seconds; its status is then 2 if some clients are
 * served, and 69 if there is no server to ask.
 */
public final class Exec {
  private static final int UNREACHABLE = 69;
  private static final int USAGE = 64;
  private static final long POLL_MILLIS = 25;
  private static final Answer NO_CONSOLE =
      new Answer(Frame.TRY_LATER, "the console socket does not answer");

  private Exec() {}

  /**
   * Runs and exits with the command's status, 69 if the socket cannot be reached, 64 on wrong
   * arguments.
   */
  public static void main(String[] args) throws InterruptedException {
    System.exit(run(args));
  }

  private static int run(String[] args) throws InterruptedException {
    if (args.length == 5 && args[0].equals("--await")) {
      return await(Path.of(args[1]), args[2], Long.parseLong(args[3]), Long.parseLong(args[4]));
    }
    if (args.length != 2) {
      System.err.println("usage: Exec SOCKET LINE | Exec --await SOCKET PID LIMIT SETTLE");
      return USAGE;
    }
    try {
      return request(Path.of(args[0]), Frame.EXECUTE, args[1], System.out, System.err);
    } catch (IOException e) {
      System.err.println("leasehold: no answer on " + args[0] + ": " + e.getMessage());
      return UNREACHABLE;
    }
  }

  private static int request(Path socket, byte type, String text, PrintStream out, PrintStream err)
      throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      Frame.write(channel, type, text);
      while (true) {
        Frame frame = Frame.read(channel);
        byte[] content = frame.content();
        if (frame.type() == Frame.EXIT) {
          out.flush();
          err.flush();
          return frame.status();
        }
        PrintStream to = frame.type() == Frame.ERR ? err : out;
        to.write(content, 0, content.length);
        to.flush();
      }
    }
  }

  private static int await(Path socket, String pid, long limitSeconds, long settleSeconds)
      throws InterruptedException {
    long start = System.nanoTime();
    long settledSince = start;
    Answer before = NO_CONSOLE;
    while (true) {
      Answer now = readiness(socket);
      if (now.status() == 0) {
        System.err.print(now.text());
        return 0;
      }
      long time = System.nanoTime();
      if (!now.equals(before) || now.status() == Frame.TRY_LATER) {
        settledSince = time;
      }
      before = now;
      if (!alive(pid)) {
        System.err.println("the server process ended before it was ready");
        return UNREACHABLE;
      }
      if (time - settledSince >= TimeUnit.SECONDS.toNanos(settleSeconds)
          || time - start >= TimeUnit.SECONDS.toNanos(limitSeconds)) {
        System.err.println(now.text().stripTrailing());
        return now.equals(NO_CONSOLE)
            ? UNREACHABLE
            : now.status() == Frame.IN_PART ? Frame.IN_PART : 1;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private record Answer(int status, String text) {}

  private static Answer readiness(Path socket) {
    if (!Files.exists(socket)) {
      return NO_CONSOLE;
    }
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(errors, false, StandardCharsets.UTF_8);
    try {
      int status = request(socket, Frame.READY, "", err, err);
      err.flush();
      return new Answer(status, errors.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return NO_CONSOLE;
    }
  }

  /**
   * Whether a process runs; one that has ended but was not yet collected by its parent does not.
   */
  private static boolean alive(String pid) {
    try {
      String stat = Files.readString(Path.of("/proc", pid, "stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state != 'Z' && state != 'X';
    } catch (IOException e) {
      return false;
    }
  }
}
