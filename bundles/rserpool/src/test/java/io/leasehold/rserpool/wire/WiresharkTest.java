// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leasehold.net.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's decoder finds nothing wrong with what is written. */
final class WiresharkTest {
  private static final int MESSAGES = 400;

  @TempDir Path directory;

  @BeforeAll
  static void needsWireshark() {
    for (String program : List.of("tshark", "text2pcap")) {
      assumeTrue(
          List.of("/usr/bin/", "/usr/local/bin/").stream()
              .anyMatch(path -> Files.isExecutable(Path.of(path + program))),
          "needs " + program);
    }
  }

  @Test
  void messagesOfAsapAreUnderstood() throws IOException, InterruptedException {
    RandomMessages random = new RandomMessages(1);
    List<PoolMessage> messages = new ArrayList<>();
    WireVectors.ASAP.forEach(vector -> messages.add(vector.message()));
    for (int i = 0; i < MESSAGES; i++) {
      messages.add(random.asap());
    }

    assertUnderstood(messages, "asap", "40000,3863,11");
  }

  @Test
  void messagesOfEnrpAreUnderstood() throws IOException, InterruptedException {
    RandomMessages random = new RandomMessages(2);
    List<PoolMessage> messages = new ArrayList<>();
    WireVectors.ENRP.forEach(vector -> messages.add(vector.message()));
    for (int i = 0; i < MESSAGES; i++) {
      messages.add(random.enrp());
    }

    assertUnderstood(messages, "enrp", "9901,9901,12");
  }

  /** A decoder that complained about nothing would not do. */
  @Test
  void damageIsNoticed() throws IOException, InterruptedException {
    Bytes octets = WireVectors.octets("02000018 00090040 64686370 34000000 000e0008 0a0b0c0d");

    assertThat(fields(List.of(octets), "asap", "40000,3863,11").get(0)).contains("alformed");
  }

  private void assertUnderstood(List<PoolMessage> messages, String protocol, String sctp)
      throws IOException, InterruptedException {
    List<String> lines =
        fields(messages.stream().map(PoolMessage::encode).toList(), protocol, sctp);
    List<String> expected =
        messages.stream().map(message -> String.valueOf(message.type())).toList();
    assertThat(lines).isEqualTo(expected);
  }

  /** Of each message its type, and what is wrong with it. */
  private List<String> fields(List<Bytes> messages, String protocol, String sctp)
      throws IOException, InterruptedException {
    StringBuilder dump = new StringBuilder();
    for (Bytes each : messages) {
      dump.append("0000 ").append(each.toHex(" ")).append('\n');
    }
    Path text = Files.writeString(directory.resolve("dump.txt"), dump);
    Path capture = directory.resolve("dump.pcap");
    run("text2pcap", "-q", "-S", sctp, text.toString(), capture.toString());
    String type = protocol + ".message_type";
    String out =
        run(
            "tshark",
            "-r",
            capture.toString(),
            "-T",
            "fields",
            "-e",
            type,
            "-e",
            "_ws.malformed",
            "-e",
            "_ws.expert.message",
            "-E",
            "occurrence=f");
    return out.lines().map(String::strip).toList();
  }

  private String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectError(directory.resolve(command[0] + ".err").toFile())
            .start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor())
        .as(Files.readString(directory.resolve(command[0] + ".err")))
        .isZero();
    return out;
  }
}
