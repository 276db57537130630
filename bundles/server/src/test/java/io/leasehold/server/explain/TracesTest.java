// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.server.TracePattern;
import io.leasehold.server.TraceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TracesTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Ipv6 REMOTE = Ipv6.ofText("2001:db8::1");
  private static final Ipv6 RELAY = Ipv6.ofText("2001:db8:1::1");
  private static final Bytes ALICE = Bytes.ofHex("02000000000a");
  private static final Bytes BOB = Bytes.ofHex("02000000000b");
  private static final Duration TEN = Duration.ofMinutes(10);

  private final Traces traces = new Traces();

  private Explanation heard(Bytes client, Instant at) {
    Explanation told = traces.listen(at, REMOTE);
    told.begin(Family.IPV6, Bytes.of(1, 2, 3));
    told.message(new MessageFacts("solicit", 0x77, List.of(), List.of(RELAY), "from somewhere"));
    told.client(List.of(client));
    return told;
  }

  private void dropped(Bytes client, Instant at) {
    heard(client, at).dropped("pkt6-drop-other-server", "");
  }

  private int count(TracePattern pattern) {
    return traces.decisions(pattern, 0).size();
  }

  @Test
  void nobodyListensBeforeATraceAndAfterIt() {
    assertThat(traces.isOn()).isFalse();
    TracePattern alice = TracePattern.ofClient(ALICE);
    traces.begin(alice, TEN, 100, NOON);
    assertThat(traces.isOn()).isTrue();

    traces.look(NOON.plus(TEN));
    assertThat(traces.isOn()).isFalse();
    assertThat(traces.states(NOON.plus(TEN))).singleElement().matches(state -> !state.running());

    traces.look(NOON.plus(TEN).plus(Traces.KEPT).plusSeconds(1));
    assertThat(traces.states(NOON.plus(TEN).plus(Traces.KEPT).plusSeconds(1))).isEmpty();
  }

  @Test
  void onlyWhoWasAskedForIsKept() {
    TracePattern alice = TracePattern.ofClient(ALICE);
    traces.begin(alice, TEN, 100, NOON);
    TracePattern relay = TracePattern.ofRelay(RELAY);
    traces.begin(relay, TEN, 100, NOON);
    TracePattern other = TracePattern.ofTransaction(0x78);
    traces.begin(other, TEN, 100, NOON);

    dropped(ALICE, NOON);
    dropped(BOB, NOON);

    assertThat(count(alice)).isEqualTo(1);
    assertThat(count(relay)).isEqualTo(2);
    assertThat(count(other)).isZero();
    assertThat(traces.decisions(relay, traces.decisions(alice, 0).get(0).number())).hasSize(1);
  }

  @Test
  void whoNobodyAskedForIsNoLongerListenedTo() {
    traces.begin(TracePattern.ofClient(ALICE), TEN, 100, NOON);

    assertThat(heard(ALICE, NOON).isOn()).isTrue();
    assertThat(heard(BOB, NOON).isOn()).isFalse();
  }

  @Test
  void aTraceEndsWithItsLastRecord() {
    TracePattern alice = TracePattern.ofClient(ALICE);
    traces.begin(alice, TEN, 2, NOON);
    for (int i = 0; i < 5; i++) {
      dropped(ALICE, NOON);
    }

    assertThat(count(alice)).isEqualTo(2);
    assertThat(traces.isOn()).isFalse();
    assertThat(traces.states(NOON)).extracting(TraceState::until).containsExactly(NOON);

    traces.begin(alice, TEN, 2, NOON);
    dropped(ALICE, NOON);
    assertThat(count(alice)).as("the oldest gives way").isEqualTo(2);
  }

  @Test
  void answersAreLeftOutWhereOnlyDropsAreWanted() {
    TracePattern drops = TracePattern.ANY.onlyDropped();
    traces.begin(drops, TEN, 100, NOON);

    heard(ALICE, NOON).heeded("");
    dropped(ALICE, NOON);

    assertThat(traces.decisions(drops, 0)).singleElement().matches(one -> one.isDropped());
  }

  @Test
  void whatIsLookedAtAnewIsToldOnce() {
    traces.begin(TracePattern.ANY, TEN, 100, NOON);
    Explanation told = heard(ALICE, NOON);
    told.begin(Family.IPV6, Bytes.of(1));
    told.dropped("a", "");
    told.dropped("b", "");

    assertThat(traces.decisions(TracePattern.ANY, 0))
        .singleElement()
        .satisfies(one -> assertThat(one.steps()).hasSize(1));
  }

  @Test
  void thereIsAnEndToTraces() {
    for (int i = 0; i < Traces.MOST_TRACES; i++) {
      traces.begin(TracePattern.ofTransaction(i), TEN, 1, NOON);
    }
    assertThatThrownBy(() -> traces.begin(TracePattern.ANY, TEN, 1, NOON))
        .isInstanceOf(IllegalStateException.class);

    assertThat(traces.end(TracePattern.ofTransaction(3), NOON)).isTrue();
    assertThat(traces.begin(TracePattern.ANY, TEN, 1, NOON).running()).isTrue();
  }
}
