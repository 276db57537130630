// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import static io.leasehold.shell.CommandRun.json;
import static io.leasehold.shell.CommandRun.print;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseSink;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.Position;
import io.leasehold.lease.Replay;
import io.leasehold.lease.StoreStatus;
import io.leasehold.lease.StoreStatus.Condition;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.server.ConfigurationFindings;
import io.leasehold.server.PlanReport;
import io.leasehold.server.PlanReport.Finding;
import io.leasehold.server.SubnetUse;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.EndpointStatus.State;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;

class StatusCommandsTest {
  private final FakeServer server = new FakeServer();

  @Test
  void statusOfAReadyServer() throws CommandFailure {
    server.endpoints = Map.of("udp", List.of(endpoint(State.LISTENING), endpoint(State.ABSENT)));

    assertThat(print(new StatusCommand(), server))
        .isEqualTo(
            """
            ready             yes
            server-duid       00:02:aa
            transport udp v6  1 of 2 endpoints listen

            Wants attention:
              plan: the last one was refused
            """);
  }

  @Test
  void mistakesInTheConfigurationWantAttention() throws CommandFailure {
    ConfigurationFindings findings = () -> List.of("\"prot\" is no key");

    assertThat(print(new StatusCommand(), server, findings))
        .endsWith("  plan: the last one was refused\n  \"prot\" is no key\n");
    assertThat(print(json(new StatusCommand()), server, findings))
        .contains("\"alarms\":[\"plan: the last one was refused\",\"\\\"prot\\\" is no key\"]");
    assertThatThrownBy(() -> print(new StatusCommand(), findings))
        .hasMessageContaining("the server is not here")
        .hasMessageEndingWith("\n\"prot\" is no key");
  }

  @Test
  void statusOfAServerThatIsNotReadyPrintsAndFails() {
    server.obstacles = List.of("no plan", "no store");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    assertThatThrownBy(() -> print(printed, new StatusCommand(), server))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("not ready: no plan");
    assertThat(printed.toString()).contains("ready        no").contains("  no plan\n  no store\n");
  }

  @Test
  void theConsolePrintsTheWordsOfAFailureAlone() {
    server.obstacles = List.of("no plan");
    StatusCommand command = new StatusCommand();
    command.ready = true;
    command.services = new CommandRun.Given(List.of(server));

    // The console keeps an exception of this very class out of the log.
    assertThatThrownBy(command::execute)
        .isExactlyInstanceOf(CommandException.class)
        .hasMessage("no plan")
        .extracting(e -> ((CommandException) e).getNiceHelp())
        .isEqualTo("no plan");
  }

  @Test
  void readyPrintsNothingAndFailsWithTheObstacles() throws CommandFailure {
    StatusCommand command = new StatusCommand();
    command.ready = true;
    assertThat(print(command, server)).isEmpty();

    server.obstacles = List.of("no plan", "no store");
    assertThatThrownBy(() -> print(command, server)).hasMessage("no plan\nno store");
  }

  @Test
  void waitingEndsWhenTheServerIsReady() throws CommandFailure {
    StatusCommand command = new StatusCommand();
    command.ready = true;
    command.waitSeconds = 3600;

    assertThat(print(command, server)).isEmpty();
  }

  @Test
  void numbersAreNumbersForPrograms() throws CommandFailure {
    for (String number : List.of("0", "12", "999999999999999")) {
      server.facts = Map.of("leases", number);
      assertThat(print(json(new StatusCommand()), server)).contains("{\"leases\":" + number + "}");
    }
    for (String text : List.of("007", "-", "1234567890123456", "")) {
      server.facts = Map.of("leases", text);
      assertThat(print(json(new StatusCommand()), server))
          .contains("{\"leases\":\"" + text + "\"}");
    }
  }

  @Test
  void statusForPrograms() throws CommandFailure {
    server.endpoints = Map.of("udp", List.of(endpoint(State.RETRYING)));

    assertThat(print(json(new StatusCommand()), server))
        .isEqualTo(
            "{\"ready\":true,\"obstacles\":[],\"alarms\":[\"plan: the last one was refused\"],"
                + "\"facts\":{\"server-duid\":\"00:02:aa\"},\"endpoints\":[{\"transport\":\"udp\","
                + "\"family\":\"v6\",\"interface\":\"eth0\",\"address\":\"ff02::1:2\",\"port\":547,"
                + "\"state\":\"retrying\",\"reason\":\"RETRYING it is\"}]}\n");
  }

  private static EndpointStatus endpoint(State state) {
    String reason = state == State.LISTENING ? "" : state + " it is";
    return new EndpointStatus(Family.IPV6, "eth0", "ff02::1:2", 547, state, reason);
  }

  @Test
  void endpointsAreCountedByFamily() throws CommandFailure {
    EndpointStatus v4 =
        new EndpointStatus(Family.IPV4, "eth0", "10.0.0.1", 67, State.LISTENING, "");
    server.endpoints = Map.of("udp", List.of(endpoint(State.ABSENT), v4, v4));

    assertThat(print(new StatusCommand(), server))
        .contains("transport udp v6  0 of 1 endpoints listen")
        .contains("transport udp v4  2 of 2 endpoints listen");
    assertThat(print(json(new StatusCommand()), server))
        .contains("\"family\":\"v4\",\"interface\":\"eth0\",\"address\":\"10.0.0.1\",\"port\":67");

    server.endpoints = Map.of("udp", List.of());
    assertThat(print(new StatusCommand(), server)).contains("transport udp  0 of 0 endpoints");
  }

  @Test
  void subnetsAreListedWithTheirUse() throws CommandFailure {
    server.subnets =
        List.of(
            new SubnetUse(
                Family.IPV6,
                12,
                "2001:db8:12::/64",
                "campus",
                BigInteger.TWO.pow(64),
                5,
                1,
                BigInteger.TEN,
                3),
            new SubnetUse(
                Family.IPV4, 12, "10.0.0.0/24", "", BigInteger.TEN, 4, 0, BigInteger.ZERO, 0));

    List<String> lines = print(new SubnetListCommand(), server).lines().toList();
    assertThat(lines.get(2).split("\\s*\\|\\s*"))
        .extracting(String::trim)
        .containsExactly(
            "v6", "12", "2001:db8:12::/64", "campus", "2^64", "5 (0%)", "1", "10", "3 (30%)");
    assertThat(lines.get(3).split("\\s*\\|\\s*"))
        .extracting(String::trim)
        .containsExactly("v4", "12", "10.0.0.0/24", "", "10", "4 (40%)", "0", "-", "-");
    assertThat(print(json(new SubnetListCommand()), server))
        .startsWith("[{\"family\":\"v6\",\"id\":12")
        .contains("\"addresses\":18446744073709551616,\"assigned-addresses\":5");
    SubnetListCommand v4 = json(new SubnetListCommand());
    v4.family = "v4";
    assertThat(print(v4, server)).startsWith("[{\"family\":\"v4\",\"id\":12").doesNotContain("v6");
  }

  @Test
  void countersAreSortedAndFiltered() throws CommandFailure {
    server.counters = Map.of("b-drop", 0L, "a-drop", 2L, "sent", 9L);
    CountersCommand command = json(new CountersCommand());
    command.words = List.of("drop");
    assertThat(print(command, server)).isEqualTo("{\"a-drop\":2,\"b-drop\":0}\n");

    command.nonzero = true;
    assertThat(print(command, server)).isEqualTo("{\"a-drop\":2}\n");

    command.words = List.of("a*op");
    assertThat(print(command, server)).isEqualTo("{\"a-drop\":2}\n");

    command.words = List.of("nonsense");
    assertThat(print(command, server)).isEqualTo("{}\n");
  }

  @Test
  void refusedPlanPrintsItsFindingsAndFails() {
    server.report =
        new PlanReport(
            false,
            List.of(
                new Finding(true, "a.json:3:7", "pool is nonsense"),
                new Finding(false, "b:1:1", "x")),
            "");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PlanCheckCommand command = new PlanCheckCommand();
    command.files = List.of("/etc/a.json");

    assertThatThrownBy(() -> print(printed, command, server))
        .hasMessage("this plan would be refused: 1 error");
    assertThat(printed.toString())
        .isEqualTo("a.json:3:7: error: pool is nonsense\nb:1:1: warning: x\n");
    assertThat(server.checked).extracting(Object::toString).containsExactly("/etc/a.json");
    assertThatThrownBy(() -> print(printed, new PlanReloadCommand(), server))
        .hasMessage("the plan was refused and the running one stays in force: 1 error");
  }

  @Test
  void acceptedPlanPrintsItsSummary() throws CommandFailure {
    assertThat(print(new PlanReloadCommand(), server)).isEqualTo("1 subnet\n");
    assertThat(print(json(new PlanReloadCommand()), server))
        .isEqualTo("{\"accepted\":true,\"summary\":\"1 subnet\",\"findings\":[]}\n");
  }

  @Test
  void absentTransportAndStoreAreSentences() {
    assertThatThrownBy(() -> print(new TransportListCommand(), server))
        .hasMessageContaining("feature:install leasehold-transport-epoll");
    assertThatThrownBy(() -> print(new StoreStatusCommand(), server))
        .hasMessageContaining("feature:install leasehold-store-journal");
  }

  @Test
  void storeIsDescribedAndOneThatTakesNoChangesFails() throws CommandFailure {
    FakeStore open = new FakeStore(Condition.OPEN, "");
    assertThat(print(new StoreStatusCommand(), open))
        .isEqualTo("name         fake\ncondition    open\nepoch        3\nqueue-depth  0\n");

    FakeStore stopped = new FakeStore(Condition.STOPPED, "the disk is full");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    assertThatThrownBy(() -> print(printed, json(new StoreStatusCommand()), stopped))
        .hasMessage("store fake takes no changes: the disk is full");
    assertThat(printed.toString())
        .isEqualTo(
            "[{\"name\":\"fake\",\"condition\":\"stopped\",\"epoch\":3,"
                + "\"cause\":\"the disk is full\",\"queue-depth\":0}]\n");
  }

  private record FakeStore(Condition condition, String cause) implements LeaseStore {
    @Override
    public String name() {
      return "fake";
    }

    @Override
    public StoreStatus status() {
      return new StoreStatus(condition, 3, cause, Map.of("queue-depth", "0"));
    }

    @Override
    public Replay replay(LeaseSink into) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Position> append(Batch batch) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Bytes> readNote(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> compact() {
      throw new UnsupportedOperationException();
    }
  }
}
