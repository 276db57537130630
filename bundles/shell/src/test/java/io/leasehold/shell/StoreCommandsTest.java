// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import static io.leasehold.shell.CommandRun.json;
import static io.leasehold.shell.CommandRun.print;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.lease.Batch;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseSink;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.NoteChange;
import io.leasehold.lease.Position;
import io.leasehold.lease.Replay;
import io.leasehold.lease.Snapshot;
import io.leasehold.lease.Snapshots;
import io.leasehold.lease.StoreCheck;
import io.leasehold.lease.StoreMaintenance;
import io.leasehold.lease.StoreRepair;
import io.leasehold.lease.StoreStatus;
import io.leasehold.lease.text.ImportReport;
import io.leasehold.lease.text.LeaseLine;
import io.leasehold.net.Bytes;
import io.leasehold.server.LeaseIntake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCommandsTest {
  private static final String LINE =
      "lease 2001:db8::1 na state=active subnet=1 client=duid:0003 iaid=1 since=5 heard=5 preferred=9"
          + " expires=9";

  @TempDir Path directory;

  private final FakeServer server = new FakeServer();
  private final FakeStore store = new FakeStore();

  /** A store that can do everything. */
  private static final class FakeStore implements LeaseStore, Snapshots, StoreMaintenance {
    private final List<Lease> leases = new ArrayList<>();
    private boolean able = true;
    private StoreCheck check = new StoreCheck(2, 4096, 7, List.of(), List.of());
    private StoreRepair repair = new StoreRepair(7, 1, List.of(), false);
    private boolean asked;

    @Override
    public String name() {
      return "fake";
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
      return Optional.empty();
    }

    @Override
    public StoreStatus status() {
      return new StoreStatus(StoreStatus.Condition.OPEN, 1, "", Map.of("segments", "1"));
    }

    @Override
    public CompletionStage<Void> compact() {
      return CompletableFuture.failedFuture(new IOException("no room"));
    }

    @Override
    public <A> Optional<A> ability(Class<A> wanted) {
      return able ? Optional.of(wanted.cast(this)) : Optional.empty();
    }

    @Override
    public Snapshot snapshot() {
      Iterator<Lease> left = leases.iterator();
      return new Snapshot() {
        @Override
        public Position position() {
          return new Position(new UUID(0, 1), 12);
        }

        @Override
        public Optional<Lease> nextLease() {
          return left.hasNext() ? Optional.of(left.next()) : Optional.empty();
        }

        @Override
        public Optional<NoteChange> nextNote() {
          return Optional.empty();
        }

        @Override
        public void close() {
          // It holds nothing.
        }
      };
    }

    @Override
    public StoreCheck check() {
      return check;
    }

    @Override
    public StoreRepair repair(boolean really) {
      asked = really;
      return repair;
    }
  }

  private static StoreExportCommand export(String file) {
    StoreExportCommand command = new StoreExportCommand();
    command.words = List.of(file);
    return command;
  }

  private static StoreImportCommand importing(String... words) {
    StoreImportCommand command = new StoreImportCommand();
    command.words = List.of(words);
    return command;
  }

  @Test
  void checkOfAStoreThatIsWholeAndOfADamagedOne() throws CommandFailure {
    assertThat(print(new StoreCheckCommand(), store))
        .isEqualTo("files    2\noctets   4096\nrecords  7\n");
    assertThat(print(json(new StoreCheckCommand()), store))
        .isEqualTo("{\"files\":2,\"octets\":4096,\"records\":7,\"remarks\":[]}\n");
    store.check = new StoreCheck(2, 9, 7, List.of("damaged: a at octet 5: b"), List.of());
    assertThatThrownBy(() -> print(new StoreCheckCommand(), store))
        .hasMessage("the lease store fake is damaged:\ndamaged: a at octet 5: b");
    store.able = false;
    assertThatThrownBy(() -> print(new StoreCheckCommand(), store))
        .hasMessage("the lease store fake cannot check its files");
  }

  @Test
  void exportReplacesAFileOnlyItsOwnerCanRead() throws Exception {
    store.leases.add(LeaseLine.lease(LINE));
    Path file = directory.resolve("leases.txt");
    Files.writeString(file, "old");
    assertThat(print(export(file.toString()), store)).contains("leases    1\n", "sequence  12\n");
    assertThat(Files.readString(file))
        .isEqualTo(
            "leasehold-leases 1\n# 00000000-0000-0000-0000-000000000001 up to batch 12\n"
                + LINE
                + "\nend 1 0\n");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    String nowhere = directory.resolve("none/leases.txt").toString();
    assertThatThrownBy(() -> print(export(nowhere), store))
        .hasMessageStartingWith("not exported: ");
  }

  @Test
  void importSaysWhatItDidAndWhatItRefused() throws Exception {
    List<Path> taken = new ArrayList<>();
    LeaseIntake intake =
        files -> {
          taken.addAll(files);
          return new ImportReport(9, 5, 0, List.of(), List.of("a remark"));
        };
    assertThat(print(importing("/tmp/a", "/tmp/b"), server, intake))
        .isEqualTo(
            "lines               9\nimported            5\nchanged-in-meaning  0\n"
                + "not-converted       0\nrefused             0\na remark\n");
    assertThat(taken).containsExactly(Path.of("/tmp/a"), Path.of("/tmp/b"));
    LeaseIntake refusing = files -> new ImportReport(9, 5, 4, List.of("a:1: bad"), List.of());
    assertThatThrownBy(() -> print(importing("/tmp/a"), server, refusing))
        .hasMessage("4 lines were refused, the first of them:\na:1: bad");
  }

  @Test
  void importOverLeasesWantsToBeMeant() throws Exception {
    Lease lease = LeaseLine.lease(LINE);
    server.leases.put(lease.key(), lease);
    LeaseIntake intake = files -> new ImportReport(2, 1, 0, List.of(), List.of());
    assertThatThrownBy(() -> print(importing("/tmp/a"), server, intake))
        .hasMessageContaining("add --yes if it is meant");
    assertThat(print(importing("--yes", "/tmp/a"), server, intake))
        .contains("imported            1");
  }

  @Test
  void aCheckOfAFileTouchesNoServer() throws Exception {
    Path file = directory.resolve("leases.txt");
    Files.writeString(file, "leasehold-leases 1\n" + LINE + "\nlease x\nend 2 0\n");
    assertThatThrownBy(() -> print(importing("--check", file.toString())))
        .hasMessageContaining(
            "leases.txt:3: a lease has an address, a kind and fields in 'lease x'");
    assertThatThrownBy(() -> print(importing("--check", file + "x")))
        .hasMessage("not checked: there is no file " + file + "x");
    assertThatThrownBy(() -> print(importing("--check"))).hasMessageStartingWith("say which file");
  }

  @Test
  void whatIsNotTakenAsItIsIsToldAndStrictTakesNothing() throws Exception {
    Path file = directory.resolve("dhcpd.leases");
    Files.writeString(
        file,
        """
        lease 192.0.2.1 { starts epoch 1; ends epoch 9; binding state active;
          hardware ethernet 02:00:00:00:00:01; set x = "y"; }
        failover peer "a" state { my state normal at 0 2023/06/01 10:00:00; }
        """);
    String told =
        "Changed in meaning:\n  dhcpd.leases:1: lease 192.0.2.1: not taken over: set x\n"
            + "Not converted:\n  dhcpd.leases:3: no lease: failover peer a state\n";

    assertThat(print(importing("--check", file.toString()))).endsWith(told);
    LeaseIntake never =
        files -> {
          throw new IOException("taken");
        };
    assertThatThrownBy(() -> print(importing("--strict", file.toString()), server, never))
        .hasMessageStartingWith("nothing was imported");
    Files.writeString(file, "leasehold-leases 1\n" + LINE + "\nend 1 0\n");
    assertThatThrownBy(() -> print(importing("--strict", file.toString()), server, never))
        .hasMessage("not imported: taken");
    assertThat(json(importing("--strict", "--check", file.toString()))).isNotNull();
  }

  @Test
  void aFailedCompactionIsSaid() {
    assertThatThrownBy(() -> print(new StoreCompactCommand(), store))
        .hasMessage("not compacted: no room");
  }

  @Test
  void repairIsDoneOnlyWhenItIsMeant() throws Exception {
    store.repair = new StoreRepair(7, 1, List.of("a is lost"), false);
    assertThatThrownBy(() -> print(new StoreRepairCommand(), store))
        .hasMessageStartingWith("nothing was changed");
    assertThat(store.asked).isFalse();
    store.repair = new StoreRepair(7, 1, List.of("a is lost"), true);
    StoreRepairCommand meant = new StoreRepairCommand();
    meant.yes = true;
    assertThat(print(meant, store))
        .isEqualTo("leases    7\nnotes     1\nrepaired  true\na is lost\n");
    assertThat(store.asked).isTrue();
  }
}
