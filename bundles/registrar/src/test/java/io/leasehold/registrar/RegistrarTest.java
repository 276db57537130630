// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.RegistrarControl;
import io.leasehold.registrar.asap.AsapSettings;
import io.leasehold.registrar.core.Federation;
import io.leasehold.registrar.core.Notebook;
import io.leasehold.registrar.core.Premises;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.space.Handlespace;
import io.leasehold.rserpool.space.SpaceLimits;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.PeerAuthorizer;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which side hears of which connection. */
final class RegistrarTest implements Sessions, PeerAuthorizer {
  private static final Ipv6 THERE = Ipv6.ofText("2001:db8::2");

  private final List<String> heard = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private Sessions sessionsOfEnrp;
  private final Registrar registrar =
      new Registrar(
          AsapSettings.DEFAULT,
          new Premises(
              new Handlespace(SpaceLimits.DEFAULT, new Random(1)),
              this,
              new Random(1),
              new Notebook(() -> Instant.EPOCH, what -> {}),
              false),
          this,
          (sessions, changes) -> {
            sessionsOfEnrp = sessions;
            return new Listener();
          });

  private final class Listener implements Federation {
    @Override
    public long serverId() {
      return 1;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public String condition() {
      return "it listens";
    }

    @Override
    public void added(PoolHandle handle, PoolElement element, long now) {}

    @Override
    public void removed(PoolHandle handle, PoolElement element, long now) {}

    @Override
    public List<RegistrarControl.Peer> peers(long now) {
      return List.of();
    }

    @Override
    public void opened(long session, Caller caller, long now) {
      heard.add("opened " + session);
    }

    @Override
    public void message(long session, Bytes message, long now) {
      heard.add("message " + session);
    }

    @Override
    public void outdated(long session, long now) {
      heard.add("outdated " + session);
    }

    @Override
    public void ended(long session, String why, long now) {
      heard.add("ended " + session);
    }

    @Override
    public void onTimer(long now) {
      heard.add("timer");
    }

    @Override
    public long deadline() {
      return 5;
    }
  }

  @Override
  public long connect(ConnectSpec to) {
    return 100;
  }

  @Override
  public boolean send(long session, Bytes message) {
    sent.add(session + " " + message.toHex());
    return true;
  }

  @Override
  public void close(long session, String why) {
    sent.add("close " + session);
  }

  @Override
  public boolean permits(AuthenticatedPeer peer, PeerRole role) {
    return false;
  }

  @Override
  public boolean permitsLink(AuthenticatedPeer peer, Ipv6 linkAddress) {
    return false;
  }

  private static Caller caller(Application application) {
    return new Caller(application, THERE, Optional.empty(), Assurance.NONE);
  }

  @Test
  void eachSideHearsItsProtocol() {
    registrar.opened(1, caller(Application.ENRP), 0);
    registrar.opened(2, caller(Application.ASAP), 0);
    Bytes question = Bytes.ofHex("0500000d000900096468637034000000");
    registrar.message(1, question, 0);
    registrar.message(2, question, 0);
    registrar.ended(1, "gone", 0);
    registrar.ended(2, "gone", 0);
    registrar.message(1, question, 0);
    registrar.message(3, question, 0);

    assertThat(heard).containsExactly("opened 1", "message 1", "ended 1");
    assertThat(sent).containsExactly("2 06000018000900096468637034000000000c000800090004");
  }

  @Test
  void aSideHearsThatItsConnectionWasNotOpened() {
    long session =
        sessionsOfEnrp.connect(
            new ConnectSpec(
                Application.ENRP,
                THERE,
                9902,
                "peers",
                PeerSelector.anyOf(PeerRole.ENRP_SERVER),
                false));
    registrar.outdated(session, 0);
    registrar.ended(session, "refused", 0);
    assertThat(heard).containsExactly("outdated 100", "ended 100");
  }

  @Test
  void whatASideClosesItDoesNotHearOf() {
    registrar.opened(1, caller(Application.ENRP), 0);
    sessionsOfEnrp.close(1, "enough");
    registrar.ended(1, "late", 0);
    assertThat(heard).containsExactly("opened 1");
    assertThat(sent).containsExactly("close 1");
  }

  @Test
  void timeIsThatOfBothSides() {
    assertThat(registrar.deadline()).isEqualTo(5);
    registrar.onTimer(5);
    assertThat(heard).containsExactly("timer");
  }
}
