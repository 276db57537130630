// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands about pools of servers. */
class PoolCommandsTest {
  private final FakePools.User user = new FakePools.User();
  private final FakePools.Element element = new FakePools.Element();
  private final FakePools.Registrar registrar = new FakePools.Registrar();

  private static PoolShowCommand show(String... words) {
    PoolShowCommand command = new PoolShowCommand();
    command.words = List.of(words);
    return command;
  }

  private static PoolDrainCommand drain(String... words) {
    PoolDrainCommand command = new PoolDrainCommand();
    command.words = List.of(words);
    return command;
  }

  private static PoolTraceCommand trace(String... words) {
    PoolTraceCommand command = new PoolTraceCommand();
    command.words = List.of(words);
    return command;
  }

  @Test
  void poolsAreListedForEachPartOfTheHost() throws CommandFailure {
    assertThat(CommandRun.print(new PoolListCommand(), user, element, registrar))
        .containsPattern("dhcp6-core +\\| user +\\| stale +\\| client-hash +\\| 1 +\\| 2026-06-01T")
        .containsPattern("dhcp6-core +\\| element core +\\| not-ready .*failover is in RECOVER")
        .containsPattern("dhcp6-core +\\| registrar +\\| ready +\\| client-hash +\\| 4 ")
        .contains("  no registrar proves who it is");
    assertThat(CommandRun.print(CommandRun.json(new PoolListCommand()), user))
        .startsWith("{\"pools\":[{\"pool\":\"dhcp6-core\",\"here\":\"user\",\"state\":\"stale\"")
        .contains("\"alarms\":[\"no registrar proves who it is\"]");
  }

  @Test
  void aPoolIsShownWithItsMembers() throws CommandFailure {
    assertThat(CommandRun.print(show("dhcp6-core"), user, element, registrar))
        .contains("Used here, stale, by policy client-hash:")
        .containsPattern(
            "0a0b0c0d udp \\[2001:db8::a\\]:547 +\\| 00000007 +\\| 1 +\\| 200 +\\| 11111111")
        .contains("Servers of this host:")
        .containsPattern("core +\\| 0a0b0c0d .*not-ready")
        .contains("Kept by the registrar:")
        .containsPattern("\\| s1 +\\| 2026-06-01T12:00:00Z +\\| - +\\| +1 +\\| +77");
    assertThat(CommandRun.print(show("dhcp6-core"), registrar))
        .doesNotContain("Used here")
        .doesNotContain("Servers of this host");
    assertThat(CommandRun.print(CommandRun.json(show("dhcp6-core")), user))
        .startsWith("{\"pool\":\"dhcp6-core\",\"state\":\"stale\",\"policy\":\"client-hash\"")
        .contains("\"registrations\":[],\"elements\":[]");
  }

  @Test
  void aPoolThatNobodyKnowsIsNamed() {
    assertThatThrownBy(() -> CommandRun.print(show("dhcp4"), user))
        .hasMessage("there is no pool 'dhcp4'; dhcp:pool-list shows all");
    assertThatThrownBy(() -> CommandRun.print(show("a\\xq"), user))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("two hex digits");
  }

  @Test
  void aClientIsTraced() throws CommandFailure {
    assertThat(CommandRun.print(trace("00:03:00:01:02:00:00:00:00:01"), user))
        .containsPattern(
            "dhcp6-core +\\| client-hash +\\| +1 +\\| 0a0b0c0d .*\\| 00000007 .*score 0.8231");
    assertThat(user.traced).containsExactly(Bytes.ofHex("00030001020000000001"));
    assertThatThrownBy(() -> CommandRun.print(trace("somebody"), user))
        .hasMessageContaining("does not name a client");
    assertThatThrownBy(() -> CommandRun.print(trace("0102"), registrar))
        .hasMessageContaining("feature:install leasehold-pool-user");
  }

  @Test
  void registrarsAreListed() throws CommandFailure {
    assertThat(CommandRun.print(new RegistrarListCommand(), user, element, registrar))
        .containsPattern("tls://\\[2001:db8::9\\] +\\| user +\\| failed +\\| - .*certificate is")
        .containsPattern("tls://\\[2001:db8::9\\] +\\| element core +\\| home +\\| authenticated")
        .containsPattern("registrar +11111111")
        .containsPattern("checksum +e7a5")
        .containsPattern("own-elements +2")
        .containsPattern("22222222 +\\| reg-2 .*resynchronizing .*\\| d001 +\\| b7a7")
        .contains("2026-06-01T12:00:00Z took over the elements of 33333333");
    assertThat(CommandRun.print(CommandRun.json(new RegistrarListCommand()), registrar))
        .startsWith("{\"asked\":[],\"own\":{\"registrar\":\"11111111\",\"ready\":true")
        .contains("\"counters\":{\"registrations\":5}");
    assertThat(CommandRun.print(CommandRun.json(new RegistrarListCommand()), user))
        .contains("\"own\":null");
  }

  @Test
  void aServerLeavesAPoolAndJoinsItAgain() throws CommandFailure {
    assertThat(CommandRun.print(drain("dhcp6-core"), element))
        .isEqualTo("Pool dhcp6-core is left.\n");
    assertThat(CommandRun.print(CommandRun.json(drain("dhcp6-core")), element))
        .isEqualTo(
            "[{\"pool\":\"dhcp6-core\",\"element\":\"core\",\"answer\":\"Pool dhcp6-core is"
                + " left.\"}]\n");
    assertThatThrownBy(() -> CommandRun.print(drain("dhcp6-core", "--end"), element))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("it was not drained");
    assertThat(element.orders)
        .containsExactly("drain dhcp6-core", "drain dhcp6-core", "rejoin dhcp6-core");
    assertThatThrownBy(() -> CommandRun.print(drain("dhcp4"), element))
        .hasMessageContaining("no server of this host is for pool 'dhcp4'");
    assertThat(element.orders).hasSize(3);
  }

  @Test
  void withoutTheirBundlesTheySayWhatBringsThem() {
    for (DhcpCommand each :
        List.of(new PoolListCommand(), show("dhcp6-core"), new RegistrarListCommand())) {
      assertThatThrownBy(() -> CommandRun.print(each))
          .hasMessageContaining("no pool user, pool element or registrar is here")
          .hasMessageContaining("feature:install leasehold-pool-user");
    }
    assertThatThrownBy(() -> CommandRun.print(drain("dhcp6-core")))
        .hasMessageContaining("feature:install leasehold-pool-element");
  }

  @Test
  void namesOfPoolsAreOfferedOnce() {
    assertThat(new PoolCompleter().words(new CommandRun.Given(List.of(user, element, registrar))))
        .containsExactly("dhcp6-core");
  }
}
