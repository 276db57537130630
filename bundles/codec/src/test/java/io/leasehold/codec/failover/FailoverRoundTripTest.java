// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.Hostility;
import io.leasehold.codec.v6.Dhcp6MessageText;
import io.leasehold.codec.v6.Dhcp6OptionTable;
import io.leasehold.net.Bytes;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FailoverRoundTripTest {
  private static final Dhcp6MessageText TEXT = new Dhcp6MessageText(Dhcp6OptionTable.CATALOGUE);
  private static final Hostility HOSTILITY = new Hostility(FailoverReading::all, TEXT::describe);

  @Property(tries = 1000)
  void frameReturnsFromItsOctets(@ForAll long seed) {
    FailoverFrame frame = new FailoverFrames(seed).frame();
    Bytes octets = frame.encode();

    assertThat(FailoverFrame.decode(octets)).isEqualTo(frame);
    assertThat(FailoverFrame.decode(octets).encode()).isEqualTo(octets);
  }

  @Property(tries = 1000)
  void bindingReturnsFromItsOptions(@ForAll long seed) {
    BindingContainer container = new FailoverFrames(seed).container();

    assertThat(BindingContainer.read(container.toOptions())).contains(container);
  }

  @Property(tries = 300)
  void termsAndStateReturn(@ForAll long seed) {
    FailoverFrames frames = new FailoverFrames(seed);
    ConnectTerms terms = frames.terms();
    StateReport state = frames.state();

    assertThat(ConnectTerms.read(terms.toOptions(Optional.of("pair")))).isEqualTo(terms);
    assertThat(StateReport.read(state.toOptions())).contains(state);
  }

  @Property(tries = 500)
  void packetDecoderNamesNothingMalformed(@ForAll long seed) {
    Bytes octets = new FailoverFrames(seed).message().encode();

    assertThat(TEXT.describe(octets)).doesNotContain("malformed").contains("sent-time");
  }

  @Property(tries = 1000)
  void damagedFrameIsReadOrRefused(@ForAll long seed) {
    FailoverFrames frames = new FailoverFrames(seed);
    byte[] octets = frames.frame().encode().toArray();
    for (int changes = frames.below(4); changes >= 0; changes--) {
      octets[frames.below(octets.length)] = (byte) frames.below(256);
    }

    HOSTILITY.onlyMalformed(Bytes.copyOf(octets, 0, 1 + frames.below(octets.length)));
  }
}
