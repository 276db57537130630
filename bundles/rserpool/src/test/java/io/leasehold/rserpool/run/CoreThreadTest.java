// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopUri;
import io.leasehold.hop.ListenSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.run.FakeTransport.FakeSession;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoreThreadTest {
  private static final PeerSelector ANYBODY = PeerSelector.anyOf(PeerRole.POOL_ELEMENT);
  private static final ListenSpec PLACE =
      RegistrarPlace.of(Application.ASAP, HopUri.parse("tls://*"), "pools", ANYBODY);
  private static final ConnectSpec TO =
      new ConnectSpec(Application.ASAP, Ipv6.ofText("2001:db8::9"), 3864, "pools", ANYBODY, false);

  private final FakeTransport transport = new FakeTransport();
  private final HeardCore core = new HeardCore();
  private final CoreThread thread = new CoreThread("registrar");

  @AfterEach
  void close() {
    thread.close();
  }

  private static <T> T answer(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get();
  }

  /** What the core has heard when all that happened so far has been told. */
  private List<String> heard() throws Exception {
    answer(thread.call(now -> "this turn"));
    return answer(
        thread.call(now -> core.heard.stream().map(each -> each.split(" @")[0]).toList()));
  }

  @Test
  void theCoreHasOneThreadOfItsName() throws Exception {
    thread.begin(core);
    thread.use("tcp", transport);
    thread.listen(List.of(PLACE));
    FakeSession session = new FakeSession(Ipv6.ofText("2001:db8::1"));
    transport.acceptors.get(0).opened(session);
    transport.acceptors.get(0).message(session, Bytes.of(7));

    assertThat(heard()).containsExactly("opened 1", "message 1 07");
    String name = answer(thread.call(now -> Thread.currentThread().getName()));
    assertThat(name).isEqualTo("leasehold-registrar-1");
    assertThatThrownBy(() -> thread.begin(core)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTimerRunsThoughNothingHappens() throws Exception {
    CompletableFuture<Long> rung = new CompletableFuture<>();
    HeardCore timed = new HeardCore(rung::complete);
    thread.begin(timed);
    long set = answer(thread.call(now -> timed.deadline = now + 1_000_000));

    assertThat((long) answer(rung)).isGreaterThanOrEqualTo(set);
  }

  @Test
  void withAnotherTransportConnectionsEndAndPlacesOpenAnew() throws Exception {
    thread.begin(core);
    thread.use("tcp", transport);
    thread.listen(List.of(PLACE));
    answer(thread.call(now -> thread.sessions().connect(TO)));
    transport.connectors.get(0).opened(transport.connections.get(0));

    FakeTransport next = new FakeTransport();
    thread.use("tcp", next);
    thread.forget("tcp", transport);

    assertThat(heard()).containsExactly("opened 1", "ended 1 the transport has changed");
    assertThat(transport.connections.get(0).isClosed).isTrue();
    assertThat(transport.listening).isEmpty();
    assertThat(next.listening).containsExactly(PLACE);
    answer(thread.call(now -> thread.sessions().connect(TO)));
    assertThat(next.connections).hasSize(1);

    thread.forget("tcp", next);
    assertThat(next.listening).isEmpty();
    assertThat(thread.complaints()).hasSize(1);
  }

  @Test
  void eachTransportHasItsOwn() throws Exception {
    FakeTransport sctp = new FakeTransport();
    ListenSpec other =
        RegistrarPlace.of(Application.ASAP, HopUri.parse("sctp://*"), "clear", ANYBODY);
    ConnectSpec there =
        new ConnectSpec(Application.ASAP, TO.remote(), 3863, "clear", ANYBODY, false, true, "sctp");
    thread.begin(core);
    thread.use("tcp", transport);
    thread.listen(List.of(PLACE, other));
    answer(thread.call(now -> thread.sessions().connect(there)));

    assertThat(heard())
        .containsExactly(
            "ended 1 there is no transport for sctp connections; install leasehold-transport-sctp");
    assertThat(thread.complaints())
        .containsExactly(
            "there is no transport for sctp connections; install leasehold-transport-sctp,"
                + " for which wait asap/1 port 3863");
    assertThat(transport.listening).containsExactly(PLACE);

    thread.use("sctp", sctp);
    answer(thread.call(now -> thread.sessions().connect(there)));
    answer(thread.call(now -> thread.sessions().connect(TO)));

    assertThat(thread.complaints()).isEmpty();
    assertThat(sctp.listening).containsExactly(other);
    assertThat(List.of(sctp.connections.size(), transport.connections.size()))
        .containsExactly(1, 1);
    sctp.connectors.get(0).opened(sctp.connections.get(0));
    sctp.acceptors.get(0).opened(new FakeSession(Ipv6.ofText("2001:db8::1")));
    transport.connectors.get(0).opened(transport.connections.get(0));
    heard();
    assertThat(core.callers).extracting(Caller::transport).containsExactly("sctp", "sctp", "tcp");

    thread.forget("sctp", sctp);
    assertThat(heard())
        .as("those of the other transport stay")
        .endsWith("ended 2 the transport has changed", "ended 4 the transport has changed")
        .doesNotContain("ended 3 the transport has changed");
  }

  @Test
  void aComponentHasItsTransportsBeforeItHasACore() {
    Carriers carriers = new Carriers();
    FakeTransport sctp = new FakeTransport();
    carriers.come("tcp", transport);
    thread.listen(List.of(PLACE));
    carriers.serve(thread);
    assertThat(transport.listening).containsExactly(PLACE);

    carriers.come("sctp", sctp);
    carriers.come("tcp", sctp);
    carriers.gone("tcp", transport);
    assertThat(sctp.listening).as("the one that has gone was replaced").containsExactly(PLACE);

    carriers.serve(null);
    carriers.gone("tcp", sctp);
    assertThat(sctp.listening).as("it is another core's affair").containsExactly(PLACE);
  }

  @Test
  void whatAQuestionThrowsIsItsAnswer() {
    thread.begin(core);

    assertThatThrownBy(
            () ->
                answer(
                    thread.call(
                        now -> {
                          throw new IllegalStateException("no such pool");
                        })))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("no such pool");
    assertThat(thread.counters()).containsEntry("faults", 0L);
  }

  @Test
  void afterTheEndNothingIsOpenAndNothingIsDone() throws Exception {
    thread.use("tcp", transport);
    thread.listen(List.of(PLACE));
    CompletionStage<String> waiting = thread.call(now -> "never");
    thread.sessions().connect(TO);

    thread.close();

    assertThat(transport.listening).isEmpty();
    assertThat(transport.connections.get(0).isClosed).isTrue();
    assertThatThrownBy(() -> answer(waiting)).hasMessageContaining("registrar has stopped");
    assertThatThrownBy(() -> answer(thread.call(now -> "late")))
        .hasMessageContaining("registrar has stopped");
    assertThat(thread.execute(now -> {})).isFalse();
    thread.use("tcp", transport);
    assertThat(transport.listening).isEmpty();
  }

  @Test
  void anErrorThatEndsTheThreadIsSaid() throws Exception {
    thread.begin(core);
    thread.use("tcp", transport);
    thread.execute(
        now -> {
          throw new AssertionError("no memory");
        });
    while (thread.complaints().isEmpty()) {
      Thread.onSpinWait();
    }

    assertThat(thread.complaints().get(0)).contains("no memory").contains("restart the bundle");
  }
}
