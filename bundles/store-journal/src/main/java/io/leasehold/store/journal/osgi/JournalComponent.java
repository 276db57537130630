// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseSink;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.Position;
import io.leasehold.lease.Replay;
import io.leasehold.lease.StoreStatus;
import io.leasehold.net.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The journal as a service. It is registered even while the journal cannot be opened, so that its
 * status can say why; a configuration that is wrong leaves it stopped.
 */
@Component(
    service = LeaseStore.class,
    immediate = true,
    configurationPid = "io.leasehold.store.journal",
    property = "leasehold.name=journal")
@Designate(ocd = JournalConfig.class)
public final class JournalComponent implements LeaseStore {
  private final RunningJournal running;
  private final LeaseStore store;

  /** Starts the journal. */
  @Activate
  public JournalComponent(JournalConfig config, BundleContext context) {
    ConfigCheck check = ConfigCheck.of(config);
    if (check.problems().isEmpty()) {
      running =
          new RunningJournal(
              new FileMedium(directory(config.directory(), context)),
              check.settings(),
              config.checkpoint_mib_per_second());
      store = running.store();
    } else {
      running = null;
      store = new RefusedStore(String.join("; ", check.problems()));
    }
  }

  private static Path directory(String configured, BundleContext context) {
    if (!configured.isBlank()) {
      return Path.of(configured.strip()).toAbsolutePath();
    }
    String data = context.getProperty("karaf.data");
    return Path.of(data == null ? "data" : data, "leasehold", "leases").toAbsolutePath();
  }

  @Deactivate
  void stop() {
    if (running != null) {
      running.close();
    }
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public Replay replay(LeaseSink into) throws IOException {
    return store.replay(into);
  }

  @Override
  public CompletionStage<Position> append(Batch batch) {
    return store.append(batch);
  }

  @Override
  public Optional<Bytes> readNote(String note) {
    return store.readNote(note);
  }

  @Override
  public StoreStatus status() {
    return store.status();
  }

  @Override
  public CompletionStage<Void> compact() {
    return store.compact();
  }

  @Override
  public <A> Optional<A> ability(Class<A> wanted) {
    return store.ability(wanted);
  }
}
