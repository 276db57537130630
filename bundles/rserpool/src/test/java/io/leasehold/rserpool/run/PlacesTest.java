// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.hop.Application;
import io.leasehold.hop.HopUri;
import io.leasehold.hop.ListenSpec;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final ListenSpec ASAP = place(Application.ASAP, "tls://*", "pools");
  private static final ListenSpec ENRP = place(Application.ENRP, "tls://*", "pools");

  private final FakeTransport transport = new FakeTransport();
  private final Places places =
      new Places(new Desk("registrar", () -> 0, () -> {}).connections()::incoming);

  private static ListenSpec place(Application application, String uri, String channel) {
    return RegistrarPlace.of(
        application,
        HopUri.parse(uri),
        channel,
        PeerSelector.anyOf(PeerRole.POOL_ELEMENT, PeerRole.POOL_USER));
  }

  @Test
  void portsAreThoseOfTlsUnlessNothingIsToProtect() {
    assertThat(List.of(ASAP.port(), ENRP.port())).containsExactly(3864, 9902);
    assertThat(ASAP.inClear()).isFalse();
    assertThat(place(Application.ASAP, "tcp://*", "open"))
        .matches(each -> each.port() == 3863 && each.inClear());
    assertThat(place(Application.ENRP, "tcp://*", "open").port()).isEqualTo(9901);
    assertThat(place(Application.ASAP, "tls://[::1]:1234", "pools").port()).isEqualTo(1234);
    assertThatThrownBy(() -> place(Application.ASAP, "udp://*", "pools"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("udp://*")
        .hasMessageContaining("accepted are tls://");
  }

  @Test
  void placesThatStayAreNotTouched() {
    places.use("tcp", transport);
    places.listen(List.of(ASAP, ENRP));
    ListenSpec other = place(Application.ENRP, "tls://*", "registrars");
    places.listen(List.of(ASAP, other));

    assertThat(transport.listening).containsExactlyInAnyOrder(ASAP, other);
    assertThat(transport.acceptors).as("opened in all").hasSize(3);
    places.listen(List.of());
    assertThat(transport.listening).isEmpty();
  }

  @Test
  void whatTheTransportCountsIsKnownByApplication() {
    places.listen(List.of(ASAP, ENRP, place(Application.ASAP, "tls://*:1234", "pools")));
    assertThat(places.counters()).isEmpty();

    places.use("tcp", transport);
    assertThat(places.counters())
        .containsOnly(
            Map.entry("transport-asap-handshake-failed", 4L),
            Map.entry("transport-enrp-handshake-failed", 2L));
  }

  @Test
  void aPlaceThatIsToBeTwoIsRefusedAndNothingChanges() {
    places.use("tcp", transport);
    places.listen(List.of(ASAP));

    assertThatThrownBy(
            () -> places.listen(List.of(ENRP, place(Application.ASAP, "tls://*:9902", "pools"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("* port 9902");
    assertThat(transport.listening).containsExactly(ASAP);
  }

  @Test
  @DisplayName("P-097: an address and port is one place for each transport")
  void aPlaceMayBeOfBothTransports() {
    FakeTransport sctp = new FakeTransport();
    ListenSpec streams = place(Application.ASAP, "tcp://*", "open");
    ListenSpec associations = place(Application.ASAP, "sctp://*", "open");
    places.use("tcp", transport);
    places.use("sctp", sctp);

    places.listen(List.of(streams, associations));

    assertThat(associations.port()).isEqualTo(3863);
    assertThat(associations.inClear()).isTrue();
    assertThat(transport.listening).containsExactly(streams);
    assertThat(sctp.listening).containsExactly(associations);
    places.use("sctp", null);
    assertThat(transport.acceptors).as("not opened anew").hasSize(1);
  }

  @Test
  @DisplayName("P-030: addresses of one port of SCTP are one place")
  void addressesOfAnAssociationAreTogether() {
    ListenSpec stream = place(Application.ASAP, "tcp://192.0.2.1", "open");
    ListenSpec other = place(Application.ASAP, "sctp://192.0.2.3:1000", "open");

    List<ListenSpec> together =
        RegistrarPlace.together(
            List.of(
                place(Application.ASAP, "sctp://192.0.2.1", "open"),
                stream,
                other,
                place(Application.ASAP, "sctp://192.0.2.2", "open")));

    assertThat(together)
        .extracting(each -> each.transport() + " " + each.places() + " " + each.port())
        .containsExactly(
            "sctp [192.0.2.1, 192.0.2.2] 3863", "tcp [192.0.2.1] 3863", "sctp [192.0.2.3] 1000");
  }

  @Test
  void anotherTransportListensWhereTheOneBeforeDid() {
    places.listen(List.of(ASAP));
    assertThat(places.complaints(Set.of()))
        .containsExactly(
            "there is no transport for tcp connections; install leasehold-transport-tcp,"
                + " for which wait asap/1 port 3864");

    places.use("tcp", transport);
    assertThat(places.complaints(Set.of())).isEmpty();
    FakeTransport next = new FakeTransport();
    places.use("tcp", next);

    assertThat(transport.listening).isEmpty();
    assertThat(next.listening).containsExactly(ASAP);
  }

  @Test
  void whatIsWrongIsSaid() {
    places.use("tcp", transport);
    places.listen(List.of(ASAP));
    transport.complaint = "the address is in use";
    transport.refusal = "no such channel";
    places.listen(List.of(ASAP, ENRP));

    assertThat(places.complaints(Set.of()))
        .containsExactly(
            "asap/1 port 3864: ::1: the address is in use",
            "enrp/1 port 9902: the transport does not listen: no such channel");
  }
}
