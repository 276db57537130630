// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec.osgi;

import static io.leasehold.security.ipsec.World.RELAY4;
import static io.leasehold.security.ipsec.World.SERVER4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.security.ChannelFactory;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.ProfileRejectedException;
import io.leasehold.security.ipsec.Listing;
import io.leasehold.security.ipsec.World;
import io.leasehold.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IpsecProviderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final World world = new World();
  private final IpsecProvider provider = new IpsecProvider();
  @TempDir private Path directory;
  private Path socket;
  private FakeCharon charon;
  private ChannelFactory channels;

  @BeforeEach
  void open() throws IOException, ProfileRejectedException {
    world.runs = true;
    socket = directory.resolve("charon.vici");
    charon = new FakeCharon(socket);
    channels = provider.open(World.profile("vici.socket", socket.toString()), world);
  }

  @AfterEach
  void close() throws Exception {
    channels.close();
    charon.close();
  }

  private boolean admitted() {
    return channels.admit(SERVER4, RELAY4).admitted();
  }

  private void untilAdmitted() {
    Await.until(PATIENCE, this::admitted);
  }

  private void untilRefused() {
    Await.until(PATIENCE, () -> !admitted());
  }

  @Test
  void admitsWhatStrongSwanProtects() {
    untilAdmitted();
    assertThat(channels.health().usable()).isTrue();
    assertThat(channels.admit(SERVER4, RELAY4).peer().orElseThrow().mechanism()).isEqualTo("ipsec");
  }

  @Test
  void closesAHopWhoseSaWasRemoved() throws IOException {
    untilAdmitted();
    Listing none = new Listing();
    none.ikePresent = false;
    charon.change(none);
    untilRefused();
    charon.change(new Listing());
    untilAdmitted();
  }

  @Test
  void closesAllHopsWhenStrongSwanHangsUpOrRaves() throws IOException {
    untilAdmitted();
    charon.hangUp();
    untilRefused();
    untilAdmitted();
    charon.rave();
    untilRefused();
  }

  @Test
  void closesAllHopsWhenStrongSwanFallsSilent() {
    untilAdmitted();
    charon.silent = true;
    world.pass(Duration.ofSeconds(16));
    assertThat(admitted()).isFalse();
  }

  @Test
  void seesPeersThatWereRemoved() {
    untilAdmitted();
    world.peers.clear();
    world.peersChanged();
    untilRefused();
  }

  @Test
  void saysThatStrongSwanDoesNotRunAndFindsItLater() throws Exception {
    charon.close();
    Files.delete(socket);
    Await.until(PATIENCE, () -> channels.health().reason().contains("not to be reached"));
    assertThat(channels.health().reason()).contains(socket.toString());
    charon = new FakeCharon(socket);
    untilAdmitted();
  }

  @Test
  void admitsNothingAndLeavesNoThreadAfterTheEnd() throws Exception {
    untilAdmitted();
    channels.close();
    assertThat(admitted()).isFalse();
    assertThat(channels.health().usable()).isFalse();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("leasehold-ipsec-"));
  }

  @Test
  void hasNoChannelsForStreams() {
    assertThatThrownBy(
            () -> channels.newEngine(HandshakeRole.CLIENT, PeerSelector.anyOf(PeerRole.RELAY)))
        .isInstanceOf(IllegalStateException.class);
  }
}
