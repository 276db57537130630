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
    places.use(transport);
    places.listen(List.of(ASAP, ENRP));
    ListenSpec other = place(Application.ENRP, "tls://*", "registrars");
    places.listen(List.of(ASAP, other));

    assertThat(transport.listening).containsExactlyInAnyOrder(ASAP, other);
    assertThat(transport.acceptors).as("opened in all").hasSize(3);
    places.listen(List.of());
    assertThat(transport.listening).isEmpty();
  }

  @Test
  void aPlaceThatIsToBeTwoIsRefusedAndNothingChanges() {
    places.use(transport);
    places.listen(List.of(ASAP));

    assertThatThrownBy(
            () -> places.listen(List.of(ENRP, place(Application.ASAP, "tls://*:9902", "pools"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("* port 9902");
    assertThat(transport.listening).containsExactly(ASAP);
  }

  @Test
  void anotherTransportListensWhereTheOneBeforeDid() {
    places.listen(List.of(ASAP));
    assertThat(places.complaints()).containsExactly(Connections.NO_TRANSPORT);

    places.use(transport);
    assertThat(places.complaints()).isEmpty();
    FakeTransport next = new FakeTransport();
    places.use(next);

    assertThat(transport.listening).isEmpty();
    assertThat(next.listening).containsExactly(ASAP);
  }

  @Test
  void whatIsWrongIsSaid() {
    places.use(transport);
    places.listen(List.of(ASAP));
    transport.complaint = "the address is in use";
    transport.refusal = "no such channel";
    places.listen(List.of(ASAP, ENRP));

    assertThat(places.complaints())
        .containsExactly(
            "asap/1 port 3864: ::1: the address is in use",
            "enrp/1 port 9902: the transport does not listen: no such channel");
  }
}
