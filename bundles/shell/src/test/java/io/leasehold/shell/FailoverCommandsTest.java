// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.failover.FailoverControl;
import io.leasehold.failover.FailoverStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Commands about failover relationships. */
class FailoverCommandsTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00.123Z");

  private final Pair pair = new Pair("pair-1");

  /** A relationship that keeps what it is ordered. */
  private record Pair(String name, List<String> orders, boolean quiet)
      implements FailoverStatus, FailoverControl {
    Pair(String name) {
      this(name, new ArrayList<>(), false);
    }

    @Override
    public CompletionStage<String> partnerDown(boolean force) {
      if (!force) {
        return CompletableFuture.failedFuture(
            new IllegalStateException("in RECOVER only with --force"));
      }
      orders.add("partner-down");
      return CompletableFuture.completedFuture("PARTNER-DOWN since now.");
    }

    @Override
    public CompletionStage<String> drain() {
      orders.add("drain");
      return CompletableFuture.completedFuture("The partner was told.");
    }

    @Override
    public CompletionStage<String> forceRecover() {
      orders.add("recover");
      return CompletableFuture.completedFuture("RECOVER.");
    }

    @Override
    public boolean isPrimary() {
      return true;
    }

    @Override
    public Standing standing() {
      if (quiet) {
        throw new IllegalStateException("failover does not answer now");
      }
      return new Standing("COMMUNICATIONS-INTERRUPTED", NOON, "the partner was silent for 60 s");
    }

    @Override
    public Optional<Standing> partner() {
      return Optional.of(new Standing("NORMAL", NOON, ""));
    }

    @Override
    public List<String> waysOut() {
      return List.of("a connection");
    }

    @Override
    public Contact contact() {
      return new Contact(false, -1500, Optional.of(NOON), 3600);
    }

    @Override
    public Updates updates() {
      return new Updates(3, 2, Optional.empty());
    }

    @Override
    public List<Share> shares() {
      return List.of(new Share("2001:db8:100::/56", 256, 100, 90, 95, 66));
    }

    @Override
    public List<String> differences() {
      return List.of("mclt.seconds");
    }

    @Override
    public Map<String, Long> counters() {
      return Map.of("connects-done", 4L);
    }

    @Override
    public List<String> alarms() {
      return List.of("the partner is \u001b[31maway");
    }

    @Override
    public List<Event> events() {
      return List.of(new Event(NOON, "STARTUP"));
    }
  }

  private static <T extends FailoverOrder> T of(T command, String... words) {
    command.words = List.of(words);
    return command;
  }

  private FailoverStatusCommand status(String name) {
    FailoverStatusCommand command = new FailoverStatusCommand();
    command.words = List.of(name);
    return command;
  }

  @Test
  void relationshipsAreListed() throws CommandFailure {
    assertThat(CommandRun.print(new FailoverListCommand(), pair, new Pair("pair-2")))
        .contains("pair-1", "pair-2", "primary", "COMMUNICATIONS-INTERRUPTED", "NORMAL", "| no ");
    assertThat(CommandRun.print(CommandRun.json(new FailoverListCommand()), pair))
        .isEqualTo(
            "[{\"relationship\":\"pair-1\",\"role\":\"primary\",\"state\":\"COMMUNICATIONS-INTERRUPTED\",\"since\":\"2026-06-01T12:00:00.123Z\",\"partner\":\"NORMAL\",\"connected\":false,\"unsent\":5}]\n");
  }

  @Test
  void statusTellsEverything() throws CommandFailure {
    assertThat(CommandRun.print(status("pair-1"), pair))
        .contains(
            "the partner was silent for 60 s",
            "2026-06-01T12:00:00Z",
            "-1500",
            "3600",
            "a connection",
            "2001:db8:100::/56: primary 100, secondary 90 (should have 95), taken 66 of 256",
            "mclt.seconds",
            "STARTUP")
        .doesNotContain("\u001b");
    assertThat(CommandRun.print(CommandRun.json(status("pair-1")), pair))
        .contains(
            "\"updates-waiting\":3",
            "\"ways-out\":[\"a connection\"]",
            "\"shares\":[{\"pool\":\"2001:db8:100::/56\",\"units\":256,\"primary\":100,\"secondary\":90,\"secondary-wanted\":95,\"taken\":66}]",
            "\"counters\":{\"connects-done\":4}",
            "\"events\":[{\"at\":\"2026-06-01T12:00:00Z\",\"what\":\"STARTUP\"}]");
  }

  @Test
  void whoIsNotThereIsSaid() {
    assertThatThrownBy(() -> CommandRun.print(status("pair-9"), pair))
        .hasMessageContaining("no relationship 'pair-9'");
    assertThatThrownBy(() -> CommandRun.print(new FailoverListCommand()))
        .hasMessageContaining("feature:install leasehold-failover");
    assertThatThrownBy(() -> CommandRun.print(status("slow"), new Pair("slow", List.of(), true)))
        .hasMessage("failover does not answer now");
  }

  @Test
  void ordersAreGivenAndRefusalsTold() throws CommandFailure {
    assertThatThrownBy(() -> CommandRun.print(of(new FailoverPartnerDownCommand(), "pair-1"), pair))
        .hasMessage("in RECOVER only with --force");
    assertThat(
            CommandRun.print(
                of(new FailoverPartnerDownCommand(), "pair-1", "--force"),
                new Pair("pair-0"),
                pair))
        .isEqualTo("PARTNER-DOWN since now.\n");
    assertThat(CommandRun.print(CommandRun.json(of(new FailoverDrainCommand(), "pair-1")), pair))
        .isEqualTo("{\"relationship\":\"pair-1\",\"answer\":\"The partner was told.\"}\n");
    assertThat(pair.orders()).containsExactly("partner-down", "drain");
  }

  @Test
  void recoveryIsAskedForTwice() throws CommandFailure {
    for (String[] words :
        new String[][] {{"pair-1"}, {"pair-1", "--yes", "pair-2"}, {"pair-1", "--yes", "true"}}) {
      assertThatThrownBy(() -> CommandRun.print(of(new FailoverForceRecoverCommand(), words), pair))
          .hasMessageContaining("at risk")
          .hasMessageContaining("--yes pair-1");
    }
    assertThat(pair.orders()).isEmpty();

    CommandRun.print(of(new FailoverForceRecoverCommand(), "pair-1", "--yes", "pair-1"), pair);
    assertThat(pair.orders()).containsExactly("recover");
  }
}
