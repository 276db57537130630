// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import static io.leasehold.failover.binding.Samples.DUID;
import static io.leasehold.failover.binding.Samples.ODD;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.codec.failover.ClientBinding;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.codec.v6.VirtualNetwork;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Updates of leases in virtual private networks, of which there are none (RFC 8156 section 7.4).
 */
class VirtualNetworksTest {
  private static final long T = Samples.T;
  private final Side side = new Side(Role.PRIMARY).up(64);

  private FailoverMessage answer(Options update) {
    side.sent.clear();
    side.take(Dhcp6MessageType.BNDUPD, 5, update);
    List<FailoverMessage> answers =
        side.sent.stream().filter(VirtualNetworksTest::isAnswer).toList();
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }

  private static boolean isAnswer(FailoverMessage message) {
    return message.type() == Dhcp6MessageType.BNDREPLY;
  }

  private static int errorOfAll(FailoverMessage answer) {
    return ((ClientBinding) Samples.container(answer)).error().map(StatusCode::code).orElse(0);
  }

  @Test
  void anUnknownVirtualNetworkIsRefusedAsAWhole() {
    FailoverMessage answer = answer(in(new VirtualNetwork(VirtualNetwork.NAME, Bytes.ofUtf8("x"))));

    assertThat(errorOfAll(answer)).isEqualTo(Dhcp6StatusCode.CONFIGURATION_CONFLICT);
    assertThat(Samples.container(answer).network()).isPresent();
    assertThat(side.leases).isEmpty();
  }

  @Test
  void theGlobalNetworkMayBeNamed() {
    FailoverMessage answer = answer(in(new VirtualNetwork(VirtualNetwork.GLOBAL, Bytes.EMPTY)));

    assertThat(errorOfAll(answer)).isZero();
  }

  private static Options in(VirtualNetwork network) {
    ClientBinding update =
        Samples.update(
            DUID,
            T,
            LeaseKind.IA_NA,
            Samples.bound(ODD, Samples.facts(BindingStatus.ACTIVE, T).build()));
    return new ClientBinding(
            update.client(),
            update.baseTime(),
            Optional.of(network),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            update.associations())
        .toOptions();
  }
}
