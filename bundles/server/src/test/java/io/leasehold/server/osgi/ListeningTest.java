// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.security.AuditSink;
import io.leasehold.server.lane.Limits;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.protocol.Patience;
import io.leasehold.server.relay.RelayGate;
import io.leasehold.server.relay.RelayPolicy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListeningTest {
  private static final Path NOWHERE = Path.of("nowhere");
  private static final Engine.Size SIZE = new Engine.Size(1, 16, Limits.NONE);

  private final List<String> audited = new ArrayList<>();
  private AuditSink sink;

  private void listenThreeTimes(boolean accessInClear) {
    Counters counters = new Counters();
    HopSettings hops =
        new HopSettings(
            List.of(), "", new RelayGate.Settings(RelayPolicy.OPEN, accessInClear, true));
    ServerSettings settings =
        new ServerSettings(
            NOWHERE,
            NOWHERE,
            List.of(),
            547,
            67,
            SIZE,
            hops,
            Privacy.NONE,
            Patience.USUAL,
            InstantSource.system());
    BareSurroundings surroundings =
        new BareSurroundings() {
          @Override
          public AuditSink auditOrNull() {
            return sink;
          }
        };
    try (Engine engine =
        new Engine(
            SIZE,
            counters,
            InstantSource.system(),
            changes -> {},
            new Prober(() -> null, counters))) {
      Listening listening = new Listening(settings, surroundings, engine, counters);
      listening.listen(RetentionTest.regime("").plan());
      sink = (kind, subject, detail) -> audited.add(kind);
      listening.listen(RetentionTest.regime("").plan());
      listening.listen(RetentionTest.regime("").plan());
      listening.close();
    }
  }

  @Test
  void whatWeakensTheProtectionOfClientsIsAuditedOnceSomebodyListens() {
    listenThreeTimes(true);

    assertThat(audited).containsExactly("access-identifiers-in-clear");
  }

  @Test
  void nothingIsToldWhereNothingIsWeakened() {
    listenThreeTimes(false);

    assertThat(audited).isEmpty();
  }
}
