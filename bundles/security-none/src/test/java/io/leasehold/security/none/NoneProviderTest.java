// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.none;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Ipv6;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuditSink;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.CloseReason;
import io.leasehold.security.CredentialStore;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Health;
import io.leasehold.security.HopEnd;
import io.leasehold.security.PeerDirectory;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.ProfileRejectedException;
import io.leasehold.security.SecurityServices;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Nothing goes in clear unless an operator has said so twice. */
final class NoneProviderTest {
  private static final PeerSelector ANY = PeerSelector.anyOf(PeerRole.RELAY);

  private final List<String> audit = new ArrayList<>();

  private ChannelFactory open(String networks, String acknowledged)
      throws ProfileRejectedException {
    ChannelProfile profile =
        new ChannelProfile(
            "lab",
            "none",
            false,
            ChannelProfile.PostQuantum.PREFER,
            List.of(),
            "",
            ChannelProfile.Revocation.SOFT,
            Duration.ofSeconds(10),
            Map.of("protected.networks", networks, "insecure.acknowledged", acknowledged));
    return new NoneProvider().open(profile, new OnlyAudit(audit));
  }

  private static HopEnd end(String address) {
    return new HopEnd(Ipv6.ofText(address), 547);
  }

  @Test
  void profileThatIsNotAcknowledgedIsRejected() {
    assertThatThrownBy(() -> open("10.0.0.0/8", "office labor"))
        .isInstanceOf(ProfileRejectedException.class)
        .hasMessageContaining("name it in insecure.acknowledged of etc/io.leasehold.security.cfg");
    assertThat(audit).isEmpty();
  }

  @Test
  void profileWithoutProtectedNetworksIsRejected() {
    assertThatThrownBy(() -> open("", "lab"))
        .isInstanceOf(ProfileRejectedException.class)
        .hasMessageContaining("no networks are protected");
    assertThatThrownBy(() -> open("10.0.0.1", "lab"))
        .isInstanceOf(ProfileRejectedException.class)
        .hasMessageContaining("'10.0.0.1' is no prefix");
  }

  @Test
  void bothEndsMustBeInside() throws ProfileRejectedException {
    ChannelFactory factory = open("127.0.0.0/8 ::1/128 10.0.0.0/8", "office lab");
    assertThat(factory.admit(end("127.0.0.1"), end("127.9.9.9")).admitted()).isTrue();
    assertThat(factory.admit(end("::1"), end("::1")).admitted()).isTrue();
    assertThat(factory.admit(end("10.1.1.1"), end("192.0.2.1")).admitted()).isFalse();
    assertThat(factory.admit(end("192.0.2.1"), end("10.1.1.1")).admitted()).isFalse();
    assertThat(factory.admit(end("192.0.2.1"), end("10.1.1.1")).reason())
        .contains("not both of 192.0.2.1 and 10.1.1.1 are inside protected.networks");
    assertThat(factory.admit(end("10.1.1.1"), end("10.2.2.2")).assurance())
        .isEqualTo(Assurance.NONE);
  }

  @Test
  void itSaysThatItIsInsecure() throws ProfileRejectedException {
    ChannelFactory factory = open("10.0.0.0/8", "lab");
    assertThat(factory.health().state()).isEqualTo(Health.State.DEGRADED);
    assertThat(factory.health().reason()).startsWith("INSECURE");
    assertThat(audit).hasSize(1).allMatch(line -> line.startsWith("insecure-channel lab INSECURE"));
    assertThat(new NoneProvider().maximumAssurance()).isEqualTo(Assurance.NONE);
  }

  @Test
  void nothingPassesOnceItIsReplaced() throws ProfileRejectedException {
    ChannelFactory factory = open("10.0.0.0/8", "lab");
    factory.drain(Duration.ofSeconds(30));
    assertThat(factory.admit(end("10.1.1.1"), end("10.2.2.2")).admitted()).isFalse();
    assertThatThrownBy(() -> factory.newEngine(HandshakeRole.CLIENT, ANY))
        .isInstanceOf(IllegalStateException.class);
    assertThat(factory.health().usable()).isFalse();
  }

  @Test
  void octetsPassAsTheyAreAndNobodyIsKnown() throws ProfileRejectedException {
    ChannelEngine engine = open("10.0.0.0/8", "lab").newEngine(HandshakeRole.SERVER, ANY);
    assertThatThrownBy(() -> engine.sendApplication(ByteBuffer.allocate(1)))
        .isInstanceOf(IllegalStateException.class);
    engine.start();
    assertThat(engine.state()).isEqualTo(State.ESTABLISHED);
    assertThat(engine.peer()).isEmpty();
    assertThat(engine.assurance()).isEqualTo(Assurance.NONE);
    engine.receiveNetwork(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    engine.receiveNetwork(ByteBuffer.wrap(new byte[] {4}));
    ByteBuffer out = ByteBuffer.allocate(2);
    assertThat(engine.takeApplication(out)).isEqualTo(2);
    assertThat(engine.takeApplication(out.clear())).isEqualTo(2);
    assertThat(out.array()).containsExactly(3, 4);
    assertThat(engine.takeApplication(out.clear())).isZero();
    engine.sendApplication(ByteBuffer.wrap(new byte[] {5, 6}));
    engine.close(CloseReason.DONE);
    assertThat(engine.state()).isEqualTo(State.CLOSING);
    assertThat(engine.takeNetwork(out.clear())).isEqualTo(2);
    assertThat(engine.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void whatNobodyTakesDoesNotFillTheMemory() throws ProfileRejectedException {
    ChannelEngine engine = open("10.0.0.0/8", "lab").newEngine(HandshakeRole.SERVER, ANY);
    engine.start();
    for (int i = 0; i < 17; i++) {
      engine.receiveNetwork(ByteBuffer.allocate(1 << 16));
    }
    assertThat(engine.state()).isEqualTo(State.FAILED);
    assertThat(engine.failure()).isEqualTo("more came than was taken");
  }

  /** Nothing but the audit trail is asked for. */
  private record OnlyAudit(List<String> lines) implements SecurityServices {
    @Override
    public CredentialStore credentials() {
      throw new AssertionError("no credentials are needed");
    }

    @Override
    public PeerDirectory peers() {
      throw new AssertionError("no peers are needed");
    }

    @Override
    public AuditSink audit() {
      return (kind, subject, detail) -> lines.add(kind + " " + subject + " " + detail);
    }

    @Override
    public SecureRandom random() {
      throw new AssertionError("no randomness is needed");
    }

    @Override
    public InstantSource clock() {
      return () -> Instant.EPOCH;
    }

    @Override
    public LongSupplier nanos() {
      return () -> 0;
    }
  }
}
