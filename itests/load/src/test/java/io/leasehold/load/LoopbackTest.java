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

  @Test
  void whatIsNotAnsweredIsLostOrRepeated() throws Exception {
    InetAddress host = InetAddress.getByName("127.0.0.1");
    try (DatagramSocket deaf = new DatagramSocket(0, host)) {
      List<String> words = new ArrayList<>(List.of("4", "--to", "127.0.0.1", "--rate", "100"));
      words.addAll(
          List.of("--local", "127.0.0.1", "--json", "--drop-ms", "50", "--seconds", "0.2"));
      words.addAll(List.of("--port", Integer.toString(freePort(host))));
      words.addAll(List.of("--server-port", Integer.toString(deaf.getLocalPort())));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
      new Main(new Settings(words), print, NOWHERE).run();
      JsonObject report =
          JsonParser.parseString(out.toString(StandardCharsets.UTF_8)).getAsJsonObject();
      assertThat(report.get("lostFirst").getAsLong()).isEqualTo(report.get("begun").getAsLong());
      assertThat(report.get("lostPercent").getAsDouble()).isEqualTo(100);
    }
  }
}
