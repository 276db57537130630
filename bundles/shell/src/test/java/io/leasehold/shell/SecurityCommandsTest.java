// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.hop.Application;
import io.leasehold.hop.Connections;
import io.leasehold.hop.LinkStatus;
import io.leasehold.net.Bytes;
import io.leasehold.net.Prefix;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.Channel;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.ChannelStatus;
import io.leasehold.security.Channels;
import io.leasehold.security.Credential;
import io.leasehold.security.CredentialStatus;
import io.leasehold.security.CredentialStore;
import io.leasehold.security.Health;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerDirectory;
import io.leasehold.security.PeerName;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PoolPattern;
import io.leasehold.security.Secret;
import io.leasehold.security.SecurityControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands about channels, connections, credentials and peers. */
class SecurityCommandsTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final Control control = new Control();

  /** Keeps what it is asked. */
  private static final class Control implements SecurityControl {
    private final List<Peer> approved = new ArrayList<>();
    private String refusal = "";

    @Override
    public KeyFiles generatePsk(String name, String identity) throws IOException {
      if (!refusal.isEmpty()) {
        throw new IOException(refusal);
      }
      return new KeyFiles(name, identity, "etc/keys/" + name, "etc/credential-" + name + ".cfg");
    }

    @Override
    public String approvePeer(Peer peer) {
      if (!refusal.isEmpty()) {
        throw new IllegalArgumentException(refusal);
      }
      approved.add(peer);
      return "etc/peer-" + peer.id() + ".cfg";
    }

    @Override
    public String seal(Secret secret) {
      return "enc:" + Bytes.wrap(secret.copy()).slice(0, 2).toHex();
    }

    @Override
    public List<String> alarms() {
      return List.of("certificate gate ends in 7 days");
    }
  }

  private record Given(List<ChannelStatus> status) implements Channels {
    @Override
    public Channel channel(String profile) {
      throw new UnsupportedOperationException(profile);
    }
  }

  private record Hops(List<LinkStatus> links) implements Connections {
    @Override
    public boolean drain(String id) {
      return links.stream().anyMatch(link -> link.id().equals(id));
    }
  }

  private static Hops oneLink(String peer) {
    ChannelFacts facts =
        new ChannelFacts("TLSv1.3", "TLS_AES_256_GCM_SHA384", "X25519MLKEM768", "gate", "ab", NOON);
    return new Hops(
        List.of(
            new LinkStatus(
                "tcp-3",
                "tls",
                Application.DHCPV6_RELAY,
                false,
                "[2001:db8::1]:547",
                "[2001:db8::2]:40000",
                "hq",
                LinkStatus.State.UP,
                "",
                Optional.of(new AuthenticatedPeer(peer, Set.of(PeerRole.RELAY), "tls-cert", facts)),
                Assurance.PRIVATE,
                NOON,
                3,
                4,
                0)));
  }

  private final CredentialStore store =
      new CredentialStore() {
        @Override
        public Optional<Credential> credential(String name) {
          return Optional.empty();
        }

        @Override
        public Optional<Credential.PreSharedKey> preSharedKey(Bytes identity) {
          return Optional.empty();
        }

        @Override
        public List<CredentialStatus> status() {
          return List.of(
              new CredentialStatus(
                  "gate", "certificate", false, "mode 0644", Optional.of(NOON), Optional.empty()),
              new CredentialStatus(
                  "r17-key", "psk", true, "r17#1", Optional.empty(), Optional.empty()));
        }

        @Override
        public void used(String name) {
          throw new UnsupportedOperationException(name);
        }

        @Override
        public AutoCloseable onChange(Runnable listener) {
          return () -> {};
        }
      };

  @Test
  void channelsAreListedWithWhatTheyVouchForAndTheirTroubles() throws CommandFailure {
    Given channels =
        new Given(
            List.of(
                new ChannelStatus(
                    "hq", "tls-psk", "security-tls 1", Health.READY, Assurance.PRIVATE, 2),
                new ChannelStatus(
                    "lab", "none", "", Health.unusable("acknowledge it"), Assurance.NONE, 0)));

    assertThat(CommandRun.print(new SecurityListCommand(), channels, control))
        .containsPattern("hq +\\| tls-psk +\\| security-tls 1 +\\| ready +\\| - ")
        .containsPattern("lab +\\| none .*unusable .*acknowledge it .*INSECURE")
        .contains("certificate gate ends in 7 days");
    assertThat(CommandRun.print(CommandRun.json(new SecurityListCommand()), channels))
        .contains("\"assurance\":[\"authenticated\",\"integrity\"")
        .contains("\"assurance\":[]");
  }

  @Test
  void withoutSecurityItSaysWhatBringsIt() {
    assertThatThrownBy(() -> CommandRun.print(new SecurityListCommand()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("feature:install leasehold-security");
  }

  @Test
  void linksAreListedAndDrained() throws CommandFailure {
    Hops hops = oneLink("r17");

    assertThat(CommandRun.print(new LinkListCommand(), hops))
        .contains("tcp-3")
        .contains("dhcpv6-relay/1")
        .contains("X25519MLKEM768")
        .contains("r17");
    LinkDrainCommand drain = new LinkDrainCommand();
    drain.words = List.of("tcp-3");
    assertThat(CommandRun.print(drain, hops)).isEqualTo("Link tcp-3 drains.\n");
    drain.words = List.of("tcp-4");
    assertThatThrownBy(() -> CommandRun.print(drain, hops)).hasMessageContaining("no link 'tcp-4'");
  }

  /** Names of peers come from their certificates. */
  @Test
  void whatPeersSayDoesNotReachTheTerminal() throws CommandFailure {
    Hops hops = oneLink("r\u001b[31m\u202e17\u009b");

    assertThat(CommandRun.print(new LinkListCommand(), hops))
        .doesNotContain("\u001b", "\u202e", "\u009b");
    assertThat(CommandRun.print(CommandRun.json(new LinkListCommand()), hops))
        .doesNotContain("\u001b", "\u202e", "\u009b")
        .contains("\\u202e");
  }

  @Test
  void credentialsAreListed() throws CommandFailure {
    assertThat(CommandRun.print(new CredentialListCommand(), store))
        .containsPattern(
            "gate +\\| certificate +\\| no +\\| mode 0644 +\\| 2026-06-01T12:00:00Z +\\| -");
  }

  @Test
  void keysAndRolesAreOfferedToWhoApprovesAPeer() throws CommandFailure {
    assertThat(new KeyCompleter().words(new CommandRun.Given(List.of(store))))
        .containsExactly("r17-key");
    assertThat(new KeyCompleter().words(new CommandRun.Given(List.of()))).isEmpty();
    assertThat(new RoleCompleter().words(new CommandRun.Given(List.of()))).contains("relay");
  }

  @Test
  void pskIsMadeAndNotShown() throws CommandFailure {
    PskGenerateCommand command = new PskGenerateCommand();
    command.words = List.of("r17-key");

    assertThat(CommandRun.print(CommandRun.json(command), control))
        .isEqualTo(
            "{\"credential\":\"r17-key\",\"identity\":\"r17-key#1\",\"key-file\":\"etc/keys/r17-key\","
                + "\"configuration\":\"etc/credential-r17-key.cfg\"}\n");
    control.refusal = "there is one of that name";
    assertThatThrownBy(() -> CommandRun.print(command, control))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("there is one of that name");
  }

  @Test
  void secretIsSealedFromAFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("key"), "AB and what nobody is to see");
    SecretSealCommand command = new SecretSealCommand();
    command.words = List.of(file.toString());
    assertThat(CommandRun.print(command, control)).isEqualTo("enc:4142\n");
    assertThat(CommandRun.print(CommandRun.json(command), control))
        .isEqualTo("{\"reference\":\"enc:4142\"}\n");
    Files.write(file, new byte[70_000]);
    assertThatThrownBy(() -> CommandRun.print(command, control))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("too much for a secret");
    Files.delete(file);
    assertThatThrownBy(() -> CommandRun.print(command, control))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("there is no file " + file);
  }

  private static PeerApproveCommand approve(String... words) {
    PeerApproveCommand command = new PeerApproveCommand();
    command.words = List.of(words);
    return command;
  }

  @Test
  void peerIsApproved() throws CommandFailure {
    String said =
        CommandRun.print(
            approve(
                "r17",
                "--address",
                "192.0.2.1",
                "--name",
                "dns:r17.example,uri:urn:r17",
                "--scope",
                "10.0.0.0/24,2001:db8::/48"),
            control);

    assertThat(said).isEqualTo("Peer r17 is approved by etc/peer-r17.cfg.\n");
    Peer peer = control.approved.get(0);
    assertThat(peer.roles()).containsExactly(PeerRole.RELAY);
    assertThat(peer.names())
        .containsExactly(
            new PeerName(PeerName.Kind.ADDRESS, "192.0.2.1"),
            new PeerName(PeerName.Kind.DNS, "r17.example"),
            new PeerName(PeerName.Kind.URI, "urn:r17"));
    assertThat(peer.scope())
        .containsExactly(Prefix.ofText("10.0.0.0/24"), Prefix.ofText("2001:db8::/48"));
  }

  @Test
  void poolElementIsApprovedWithItsPools() throws CommandFailure {
    CommandRun.print(
        approve("s1", "--psk", "k", "--role", "pool-element", "--pools", "dhcp6-*,dhcp4"), control);
    assertThat(control.approved.get(0).pools())
        .containsExactly(new PoolPattern("dhcp6-*"), new PoolPattern("dhcp4"));
  }

  @Test
  void peerThatNothingProvesIsNotApproved() {
    assertThatThrownBy(() -> CommandRun.print(approve("r17"), control))
        .hasMessageContaining("nothing proves who r17 is");
    assertThatThrownBy(() -> CommandRun.print(approve("r17", "--name", "r17.example"), control))
        .hasMessageContaining("accepted are dns:NAME");
    assertThatThrownBy(
            () -> CommandRun.print(approve("r17", "--psk", "k", "--role", "king"), control))
        .hasMessageContaining("roles are relay");
    assertThatThrownBy(() -> CommandRun.print(approve("r17", "--address", "here"), control))
        .isInstanceOf(CommandFailure.class);
    assertThat(control.approved).isEmpty();
  }

  @Test
  void peersAreListed() throws CommandFailure {
    Peer peer =
        new Peer(
            "r17",
            Set.of(PeerRole.RELAY),
            List.of(new PeerName(PeerName.Kind.ADDRESS, "192.0.2.1")),
            false,
            List.of(),
            List.of("r17-key"),
            List.of());
    PeerDirectory directory =
        new PeerDirectory() {
          @Override
          public List<Peer> peers() {
            return List.of(peer);
          }

          @Override
          public Optional<Peer> peer(String id) {
            return Optional.of(peer);
          }

          @Override
          public Optional<Peer> byPreSharedKey(String credential) {
            return Optional.empty();
          }

          @Override
          public AutoCloseable onChange(Runnable listener) {
            return () -> {};
          }
        };

    assertThat(CommandRun.print(new PeerListCommand(), directory))
        .containsPattern("r17 +\\| relay +\\| ip:192.0.2.1 +\\| r17-key +\\| -");
  }
}
