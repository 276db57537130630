// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.junit.jupiter.api.Test;

class OperatorManualTest {
  private static final List<Class<? extends DhcpCommand>> COMMANDS =
      List.of(
          CountersCommand.class,
          CredentialListCommand.class,
          FailoverDrainCommand.class,
          FailoverForceRecoverCommand.class,
          FailoverListCommand.class,
          FailoverPartnerDownCommand.class,
          FailoverStatusCommand.class,
          InterceptorEnableCommand.class,
          InterceptorListCommand.class,
          IpsecGenerateCommand.class,
          IscImportCommand.class,
          LeaseListCommand.class,
          LeaseReleaseCommand.class,
          LeaseShowCommand.class,
          LeaseWipeCommand.class,
          LinkDrainCommand.class,
          LinkListCommand.class,
          OptionListCommand.class,
          OptionRemoveCommand.class,
          OptionSetCommand.class,
          PacketDecodeCommand.class,
          PacketTryCommand.class,
          PeerApproveCommand.class,
          PeerListCommand.class,
          PlanApplyCommand.class,
          PlanCheckCommand.class,
          PlanDiffCommand.class,
          PlanHistoryCommand.class,
          PlanReloadCommand.class,
          PlanRollbackCommand.class,
          PoolAddCommand.class,
          PoolDrainCommand.class,
          PoolListCommand.class,
          PoolShowCommand.class,
          PoolTraceCommand.class,
          PskGenerateCommand.class,
          RegistrarListCommand.class,
          RelayListCommand.class,
          RelayPrefixesCommand.class,
          ReservationAddCommand.class,
          ReservationRemoveCommand.class,
          RetentionCommand.class,
          SecretSealCommand.class,
          SecurityListCommand.class,
          StatusCommand.class,
          StoreCheckCommand.class,
          StoreCompactCommand.class,
          StoreExportCommand.class,
          StoreImportCommand.class,
          StoreRepairCommand.class,
          StoreStatusCommand.class,
          SubnetAddCommand.class,
          SubnetListCommand.class,
          SubnetRemoveCommand.class,
          TraceCommand.class,
          TransportListCommand.class);

  @Test
  void everyCommandIsInTheList() throws IOException {
    try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/leasehold/shell"))) {
      Set<String> written =
          sources
              .map(path -> path.getFileName().toString().replace(".java", ""))
              .filter(
                  name ->
                      name.endsWith("Command")
                          && !Set.of("DhcpCommand", "PacketCommand", "StoreCommand").contains(name))
              .collect(Collectors.toSet());
      assertThat(COMMANDS).extracting(Class::getSimpleName).hasSameElementsAs(written);
    }
  }

  @Test
  void manualShowsEveryCommandAndNoOther() throws IOException {
    String manual = Files.readString(Path.of("../../docs/operate.md"));
    Set<String> shown =
        Pattern.compile("exec 'dhcp:([a-z-]+)")
            .matcher(manual)
            .results()
            .map((MatchResult match) -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(shown).isEqualTo(names());
  }

  @Test
  void everyCommandHasRolesAndNoOtherHas() throws IOException {
    Properties roles = new Properties();
    Path file =
        Path.of(
            "../../karaf-assembly/src/main/resources/etc/org.apache.karaf.command.acl.dhcp.cfg");
    try (var in = Files.newInputStream(file)) {
      roles.load(in);
    }
    assertThat(roles.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(names());
  }

  @Test
  void everyCommandHasAnExample() {
    assertThat(COMMANDS)
        .allSatisfy(
            command -> {
              Command annotation = command.getAnnotation(Command.class);
              assertThat(annotation.scope()).isEqualTo("dhcp");
              assertThat(annotation.detailedDescription()).contains("dhcp:" + annotation.name());
            });
  }

  private static Set<String> names() {
    return COMMANDS.stream()
        .map(command -> command.getAnnotation(Command.class).name())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
