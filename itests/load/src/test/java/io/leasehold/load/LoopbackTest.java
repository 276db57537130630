// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The generator against its echo through the kernel, on the loopback interface and unprivileged
 * ports.
 */
@EnabledOnOs(OS.LINUX)
class LoopbackTest {
  private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());
  private static boolean hasIpv6;

  @BeforeAll
  static void looksForIpv6() {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("::1"))) {
      hasIpv6 = socket.isBound();
    } catch (IOException e) {
      hasIpv6 = false;
    }
  }

  private static int freePort(InetAddress host) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, host)) {
      return socket.getLocalPort();
    }
  }

  /**
   * Runs the generator with these words against an echo on its own thread; what it prints as JSON.
   */
  private static JsonObject run(String mode, String... words) throws Exception {
    String host = mode.startsWith("6") ? "::1" : "127.0.0.1";
    InetAddress address = InetAddress.getByName(host);
    String server = Integer.toString(freePort(address));
    String client = Integer.toString(freePort(address));
    List<String> echoWords =
        List.of("echo", mode.substring(0, 1), "--local", host, "--port", server);
    List<String> line = new ArrayList<>(List.of(mode, "--to", host, "--local", host, "--json"));
    line.addAll(List.of("--relay", host, "--port", client, "--server-port", server));
    line.addAll(List.of("--check", "--seconds", "0.5"));
    line.addAll(List.of(words));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Echo echo = new Echo(new Settings(echoWords))) {
      Thread thread = new Thread(echo::runUntilStopped, "echo");
      thread.start();
      PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
      new Main(new Settings(line), print, NOWHERE).run();
      echo.stop();
      thread.join();
    }
    return JsonParser.parseString(out.toString(StandardCharsets.UTF_8)).getAsJsonObject();
  }

  private static void assertServed(JsonObject report) {
    long begun = report.get("begun").getAsLong();
    assertThat(begun).isPositive();
    assertThat(report.get("completed").getAsLong()).isEqualTo(begun);
    for (String none :
        List.of("lost", "refused", "foreign", "malformed", "unwanted", "duplicates")) {
      assertThat(report.get(none).getAsLong()).as(none).isZero();
    }
    assertThat(report.get("sharedAddresses").getAsLong()).isZero();
    JsonObject latency = report.getAsJsonObject("latencyMicros").getAsJsonObject("exchange");
    assertThat(latency.get("count").getAsLong()).isEqualTo(begun);
    assertThat(latency.get("max").getAsDouble()).isPositive();
  }

  @Test
  void discoversAndRequests() throws Exception {
    JsonObject report = run("4", "--rate", "400", "--drop-ms", "20000");

    assertServed(report);
    JsonObject received = report.getAsJsonObject("received");
    assertThat(received.get("offer").getAsLong()).isEqualTo(report.get("begun").getAsLong());
    assertThat(received.get("ack")).isEqualTo(received.get("offer"));
  }

  @Test
  void renewsWhatItObtained() throws Exception {
    assertServed(run("4renew", "--clients", "50", "--rate", "200", "--drop-ms", "20000"));
  }

  @Test
  void solicitsAndRequests() throws Exception {
    assumeThat(hasIpv6).isTrue();
    assertServed(run("6", "--rate", "400", "--pace", "poisson", "--drop-ms", "20000"));
    assertServed(run("6pd", "--rate", "400", "--drop-ms", "20000"));
    assertServed(run("6renew", "--clients", "50", "--closed", "8", "--drop-ms", "20000"));
  }

  @Test
  void solicitsWithRapidCommit() throws Exception {
    assumeThat(hasIpv6).isTrue();
    JsonObject report = run("6rapid", "--closed", "4", "--drop-ms", "20000");

    assertServed(report);
    assertThat(report.getAsJsonObject("received").has("advertise")).isFalse();
  }

  /** Runs the generator for a fifth of a second against a server that answers as it likes. */
  private static JsonObject runAgainst(OddServer server, String mode, String... words)
      throws Exception {
    String host = server.host();
    List<String> line = new ArrayList<>(List.of(mode, "--to", host, "--local", host, "--json"));
    line.addAll(List.of("--relay", host, "--rate", "100", "--seconds", "0.2"));
    line.addAll(List.of("--port", Integer.toString(freePort(InetAddress.getByName(host)))));
    line.addAll(List.of("--server-port", Integer.toString(server.port())));
    line.addAll(List.of(words));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    new Main(new Settings(line), print, NOWHERE).run();
    return JsonParser.parseString(out.toString(StandardCharsets.UTF_8)).getAsJsonObject();
  }

  @Test
  void whatIsNotAnsweredIsLost() throws Exception {
    try (OddServer deaf = new OddServer("127.0.0.1", new Echo4(), times -> 0)) {
      JsonObject report = runAgainst(deaf, "4", "--drop-ms", "50");

      assertThat(report.get("lostFirst").getAsLong()).isEqualTo(report.get("begun").getAsLong());
      assertThat(report.get("lostPercent").getAsDouble()).isEqualTo(100);
    }
  }

  @Test
  void whatIsAnsweredTwiceIsCountedOnce() throws Exception {
    try (OddServer eager = new OddServer("127.0.0.1", new Echo4(), times -> 2)) {
      JsonObject report = runAgainst(eager, "4", "--drop-ms", "20000");

      long begun = report.get("begun").getAsLong();
      assertThat(report.get("completed").getAsLong()).isEqualTo(begun);
      assertThat(report.get("sent").getAsLong()).isEqualTo(2 * begun);
      assertThat(report.get("duplicates").getAsLong()).isBetween(begun, 2 * begun);
    }
  }

  @Test
  void whatIsNotAnsweredIsSentAgain() throws Exception {
    assumeThat(hasIpv6).isTrue();
    try (OddServer forgetful = new OddServer("::1", new Echo6(), times -> times == 1 ? 0 : 1)) {
      JsonObject report = runAgainst(forgetful, "6", "--retransmit", "--drop-ms", "60000");

      long begun = report.get("begun").getAsLong();
      assertThat(report.get("completed").getAsLong()).isEqualTo(begun);
      assertThat(report.get("retransmissions").getAsLong()).isGreaterThanOrEqualTo(2 * begun);
      JsonObject latency = report.getAsJsonObject("latencyMicros");
      assertThat(latency.getAsJsonObject("first").get("p50").getAsDouble()).isGreaterThan(900_000);
    }
  }
}
