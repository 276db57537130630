// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.format;

import static io.leasehold.testkit.StoreContent.commit;
import static io.leasehold.testkit.StoreContent.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseFormat;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.NoteChange;
import io.leasehold.lease.Snapshot;
import io.leasehold.lease.text.LeaseExport;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.store.journal.JournalSettings;
import io.leasehold.store.journal.osgi.FileMedium;
import io.leasehold.store.journal.osgi.RunningJournal;
import io.leasehold.testkit.LeaseSamples;
import io.leasehold.testkit.StoreContent;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documented format and the written one are the same. */
class StoreFormatTest {
  @TempDir Path directory;

  @Test
  void aReaderWrittenFromTheDocumentReadsTheSame() throws Exception {
    JournalSettings settings =
        new JournalSettings(JournalSettings.Sync.GROUP, 100, 1 << 20, 1000, 1 << 20);
    StoreContent content;
    StringWriter export = new StringWriter();
    Map<String, String> notes = new TreeMap<>();
    try (RunningJournal running = new RunningJournal(new FileMedium(directory), settings, 1000)) {
      LeaseStore store = running.store();
      StoreContent.awaitOpen(store);
      fill(store, notes, new Random(1));
      get(store.compact().toCompletableFuture());
      fill(store, notes, new Random(2));
      content = StoreContent.of(store);
      try (Snapshot snapshot = running.store().snapshot()) {
        LeaseExport.write(snapshot, export);
      }
    }
    JournalReader reader = new JournalReader(directory).read();
    Map<String, String> expected = new TreeMap<>();
    content
        .leases()
        .forEach((key, lease) -> expected.put(hex(key), LeaseFormat.encode(lease).toHex()));
    assertThat(reader.leases()).isEqualTo(expected);
    assertThat(reader.notes()).isEqualTo(notes);
    assertThat(export.toString().lines().filter(line -> line.startsWith("lease ")))
        .map(StoreFormatTest::withAddressInOctets)
        .containsExactlyElementsOf(expected.keySet().stream().map(reader::text).toList());
    assertThat(reader.next() - 1).isEqualTo(content.replay().position().sequence());
  }

  private static void fill(LeaseStore store, Map<String, String> notes, Random random)
      throws Exception {
    for (int i = 0; i < 400; i++) {
      LeaseKey key = LeaseSamples.anyKey(300, random);
      LeaseChange change =
          i % 5 == 0 ? LeaseChange.remove(key) : LeaseChange.put(LeaseSamples.any(key, random));
      Bytes value = LeaseSamples.octets(i % 7 == 0 ? 0 : random.nextInt(500), random);
      String name = "nöte-" + i % 11;
      commit(store, new Batch(List.of(change), List.of(new NoteChange(name, value))));
      if (value.isEmpty()) {
        notes.remove(name);
      } else {
        notes.put(name, value.toHex());
      }
    }
  }

  /** How addresses are written as text is no matter of the format. */
  private static String withAddressInOctets(String line) {
    String address = line.split("[ /]")[1];
    return line.replaceFirst(Pattern.quote(address), Ipv6.ofText(address).bytes().toHex());
  }

  private static String hex(LeaseKey key) {
    ByteBuffer octets = ByteBuffer.allocate(LeaseFormat.KEY_OCTETS);
    LeaseFormat.encodeKey(key, octets);
    return Bytes.copyOf(octets.flip()).toHex();
  }
}
