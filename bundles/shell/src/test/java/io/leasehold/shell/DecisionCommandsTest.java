// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.server.Decision;
import io.leasehold.server.Decision.Fate;
import io.leasehold.server.Decision.OptionFate;
import io.leasehold.server.Decision.Step;
import io.leasehold.server.Decision.Topic;
import io.leasehold.server.DecisionLedger;
import io.leasehold.server.DefinedOption;
import io.leasehold.server.InterceptorControl;
import io.leasehold.server.InterceptorStatus;
import io.leasehold.server.OptionLedger;
import io.leasehold.server.PacketTrial;
import io.leasehold.server.TracePattern;
import io.leasehold.server.TraceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Commands that say why. */
class DecisionCommandsTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Bytes SOLICIT = Bytes.ofHex("01123456000800020000");
  private static final Bytes ADVERTISE =
      Bytes.ofHex("02123456001700100102030405060708090a0b0c0d0e0f10");

  private static final class Fake implements DecisionLedger {
    final List<Decision> noted = new ArrayList<>();
    final List<Decision> coming = new ArrayList<>();
    final List<TraceState> traces = new ArrayList<>();
    PacketTrial tried;

    @Override
    public TraceState begin(TracePattern pattern, Duration time, int most) {
      if (most > MOST_COUNT) {
        throw new IllegalArgumentException("too many");
      }
      traces.add(new TraceState(pattern, NOON.plus(time), 0, most, true));
      return traces.get(traces.size() - 1);
    }

    @Override
    public boolean end(TracePattern pattern) {
      return traces.removeIf(trace -> trace.pattern().equals(pattern));
    }

    @Override
    public List<TraceState> traces() {
      if (!coming.isEmpty()) {
        noted.add(coming.remove(0));
      }
      return List.copyOf(traces);
    }

    @Override
    public List<Decision> decisions(TracePattern pattern, long after) {
      return noted.stream().filter(decision -> decision.number() > after).toList();
    }

    @Override
    public CompletionStage<Decision> tryOut(PacketTrial trial) {
      tried = trial;
      return CompletableFuture.completedFuture(answered(1));
    }
  }

  private final Fake server = new Fake();

  private static Decision decision(long number, Step step, List<OptionFate> fates, Bytes answer) {
    return new Decision(
        number, NOON, Family.IPV6, "solicit", 0x123456, List.of(step), fates, SOLICIT, answer);
  }

  private static Decision answered(long number) {
    return decision(
        number,
        new Step(Topic.ANSWER, "advertise to fe80::a port 546", ""),
        List.of(new OptionFate(OptionSpace.DHCP6, 23, "subnet", Fate.SENT, "requested")),
        ADVERTISE);
  }

  private static Decision dropped(long number) {
    return decision(
        number,
        new Step(Topic.DROP, "pkt6-drop-other-server", "it is for \u001b[31manother server"),
        List.of(),
        Bytes.EMPTY);
  }

  private static TraceCommand trace(String... words) {
    TraceCommand command = new TraceCommand();
    command.words = List.of(words);
    return command;
  }

  private String run(DhcpCommand command) throws CommandFailure {
    return CommandRun.print(command, server);
  }

  @Test
  void aTraceBeginsAndSaysSo() throws CommandFailure {
    assertThat(run(trace("02:00:00:00:00:01")))
        .startsWith("Nothing yet. Until 2026-06-01T12:10:00Z messages of 02:00:00:00:00:01");
    assertThat(server.traces)
        .containsExactly(
            new TraceState(
                TracePattern.ofClient(Bytes.ofHex("020000000001")),
                NOON.plus(Duration.ofMinutes(10)),
                0,
                100,
                true));

    run(trace("02:00:00:00:00:01"));
    assertThat(server.traces).as("it runs already").hasSize(1);
  }

  @Test
  void whatIsMeantIsReadFromItsShape() throws CommandFailure {
    assertThat(TraceTarget.read("2001:db8::1"))
        .isEqualTo(TracePattern.ofRelay(Ipv6.ofText("2001:db8::1")));
    assertThat(TraceTarget.read("192.0.2.1"))
        .isEqualTo(TracePattern.ofRelay(Ipv6.ofText("192.0.2.1")));
    assertThat(TraceTarget.read("0x123456")).isEqualTo(TracePattern.ofTransaction(0x123456));
    assertThat(TraceTarget.read("01:02:03:04:05:06:07:08"))
        .isEqualTo(TracePattern.ofClient(Bytes.ofHex("0102030405060708")));
    assertThat(TraceTarget.read("any")).isEqualTo(TracePattern.ANY);
    assertThatThrownBy(() -> TraceTarget.read("alice")).hasMessageContaining("0x123456");
    for (String word : List.of("2001:db8::1", "0x123456", "02:00:00:00:00:01", "any")) {
      assertThat(TraceTarget.text(TraceTarget.read(word))).isEqualTo(word);
    }
  }

  @Test
  void decisionsArePrintedWithTheirReasonsAndTamed() throws CommandFailure {
    server.noted.addAll(List.of(answered(1), dropped(2)));

    assertThat(run(trace("any")))
        .contains("solicit transaction-id 0x123456 (DHCPv6, 2026-06-01T12:00:00Z)")
        .contains("  answer       advertise to fe80::a port 546")
        .contains("dns-servers | 23   | dhcp6 | subnet | sent | requested")
        .contains("  drop         pkt6-drop-other-server: it is for")
        .doesNotContain("\u001b");
    assertThat(run(trace("any", "--packets"))).contains("elapsed-time (8): 0");
    assertThat(run(CommandRun.json(trace("any"))))
        .startsWith("[{\"number\":1,")
        .contains("\"fate\":\"sent\"")
        .contains("\"about\":\"drop\"")
        .contains("\"answer\":null");
  }

  @Test
  void followingPrintsWhatComesUntilThereIsEnough() throws CommandFailure {
    server.noted.add(answered(1));
    server.coming.addAll(List.of(dropped(2), answered(3), answered(4)));
    TraceCommand command = trace("any", "--follow", "--count", "3");
    command.json = true;

    assertThat(run(command).lines().map(line -> line.substring(0, 12)))
        .containsExactly("{\"number\":1,", "{\"number\":2,", "{\"number\":3,");
  }

  @Test
  void tracesAreListedAndEnded() throws CommandFailure {
    run(trace("any", "--dropped", "--records", "7", "--minutes", "60"));

    assertThat(run(trace())).contains("any", "dropped", "2026-06-01T13:00:00Z", "7");
    assertThat(run(trace("any", "--dropped", "--off"))).startsWith("Ended");
    assertThatThrownBy(() -> run(trace("any", "--off"))).hasMessageContaining("no such trace");
    assertThatThrownBy(() -> run(trace("any", "--records", "5000"))).hasMessage("too many");
  }

  @Test
  void aPacketIsTriedAsItWouldCome() throws CommandFailure {
    PacketTryCommand command = new PacketTryCommand();
    command.hex = List.of(SOLICIT.toHex(), "--relay", "2001:db8::1", "--interface", "eth0");

    assertThat(run(command)).contains("answer       advertise", "dns-servers (23): 102:304:");
    assertThat(server.tried)
        .isEqualTo(
            new PacketTrial(Family.IPV6, SOLICIT, "eth0", Optional.of(Ipv6.ofText("2001:db8::1"))));

    command = new PacketTryCommand();
    command.hex = List.of(SOLICIT.toHex());
    assertThat(run(CommandRun.json(command)))
        .contains("\"answer-decoded\":{\"type\":\"advertise\"");
    command = new PacketTryCommand();
    command.hex = List.of(SOLICIT.toHex(), "--from", "192.0.2.1", "--peer", "r17");
    run(command);
    assertThat(server.tried)
        .isEqualTo(
            new PacketTrial(
                Family.IPV6,
                SOLICIT,
                "",
                Optional.empty(),
                Optional.of(Ipv6.ofText("192.0.2.1")),
                "r17"));
    command = new PacketTryCommand();
    command.hex = List.of(SOLICIT.toHex());
    command.relay = "nobody";
    PacketTryCommand wrong = command;
    assertThatThrownBy(() -> run(wrong)).hasMessageContaining("'nobody'");
  }

  @Test
  void interceptorsAreListedAndEnabled() throws CommandFailure {
    InterceptorControl control =
        new InterceptorControl() {
          @Override
          public List<InterceptorStatus> interceptors() {
            return List.of(
                new InterceptorStatus(
                    "slow",
                    "org.example.slow",
                    false,
                    "too slow",
                    4,
                    1,
                    3,
                    Duration.ofMillis(8),
                    Duration.ofMillis(5)));
          }

          @Override
          public boolean enable(String name) {
            return name.equals("slow");
          }
        };

    assertThat(CommandRun.print(new InterceptorListCommand(), control))
        .contains("slow        | org.example.slow | no      | 4     | 1        | 3")
        .contains("| 2000        | 5000           | too slow");
    InterceptorEnableCommand enable = new InterceptorEnableCommand();
    enable.words = List.of("slow");
    assertThat(CommandRun.print(enable, control)).startsWith("slow is asked");
    enable.words = List.of("fast");
    assertThatThrownBy(() -> CommandRun.print(enable, control)).hasMessageContaining("'fast'");
  }

  @Test
  void optionsAreListedWithWhomTheyAreFrom() throws CommandFailure {
    OptionDefinition weather =
        OptionDefinition.of(OptionSpace.DHCP6, 65001, "weather", "record(int16, string)");
    OptionDefinition sky = OptionDefinition.of(OptionSpace.DHCP6, 65001, "sky", "string");
    OptionDefinition dns = OptionDefinition.of(OptionSpace.DHCP4, 6, "dns", "ipv4-address[]");
    OptionLedger ledger =
        () ->
            List.of(
                new DefinedOption(dns, "standard", ""),
                new DefinedOption(weather, "org.example.weather", ""),
                new DefinedOption(sky, "org.example.sky", "dhcp6.weather(65001) of a"));

    assertThat(CommandRun.print(new OptionListCommand(), ledger))
        .contains("v6     | dhcp6 | 65001 | weather | record(int16, string) | org.example.weather")
        .contains("org.example.sky     | dhcp6.weather(65001) of a")
        .doesNotContain("dns");
    OptionListCommand all = CommandRun.json(new OptionListCommand());
    all.standard = true;
    assertThat(CommandRun.print(all, ledger))
        .startsWith("[{\"family\":\"v4\",\"space\":\"dhcp4\",\"code\":6,");
  }
}
