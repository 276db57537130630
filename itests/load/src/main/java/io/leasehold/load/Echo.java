// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;

/** A server that keeps nothing: what it cannot serve on a machine, no server can. */
final class Echo implements AutoCloseable {
  private static final long WAIT_NANOS = 100_000_000;

  private final UdpEndpoint endpoint;
  private final ReceiveBatch in;
  private final SendBatch out;
  private final Waiting waiting;
  private final EchoAnswers answers;
  private volatile boolean stopped;

  Echo(Settings settings) throws IOException {
    endpoint = settings.echoEndpoint();
    in = new ReceiveBatch(endpoint, settings.batch);
    in.useNames();
    out = new SendBatch(endpoint, settings.batch);
    out.useNames();
    waiting = new Waiting(endpoint);
    answers = settings.v6 ? new Echo6() : new Echo4();
  }

  /**
   * Answers for the time that is asked for or, without one, until the process is told to end; then
   * says what it has cost.
   */
  static void run(Settings settings, PrintStream to) throws IOException {
    try (Echo echo = new Echo(settings)) {
      Thread hook = new Thread(() -> echo.print(to), "leasehold-echo-end");
      Runtime.getRuntime().addShutdownHook(hook);
      to.println("echo answers");
      long end = System.nanoTime() + (long) (settings.seconds * 1e9);
      while (settings.seconds == 0 || System.nanoTime() < end) {
        echo.turn();
      }
    }
  }

  private void print(PrintStream to) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    JsonObject object = new JsonObject();
    object.addProperty("received", in.received());
    object.addProperty("sent", out.sent());
    object.addProperty("receiveCalls", in.calls());
    object.addProperty("sendCalls", out.calls());
    double micros = system.getProcessCpuTime() / 1e3;
    object.addProperty("cpuMicrosPerMessage", Math.round(100 * micros / in.received()) / 100.0);
    to.println(new Gson().toJson(object));
    to.flush();
  }

  /** Answers until told to stop. */
  void runUntilStopped() {
    while (!stopped) {
      turn();
    }
  }

  /** May be called by any thread. */
  void stop() {
    stopped = true;
  }

  private void turn() {
    int count = in.receive();
    ByteBuffer octets = in.data();
    for (int i = 0; i < count; i++) {
      octets.limit(in.end(i));
      int length = answers.answer(octets, in.at(i), out.data(), out.at());
      if (length > 0) {
        out.addAnswer(length, in, i);
      }
    }
    octets.limit(octets.capacity());
    in.reset(count);
    out.flush();
    if (count == 0) {
      waiting.forMessage(WAIT_NANOS);
    }
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
