// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.CloseReason;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.HopEnd;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.dtls.osgi.HandshakeThreads;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.security.SecurityWorld;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 6347 section 4.2.1. */
final class CookiesTest {
  private static final HopEnd CLIENT = CookiePipe.CLIENT;

  private final AtomicLong now = new AtomicLong();
  private final Cookies cookies = new Cookies(new BcTlsCrypto(), now::get);
  private final HandshakeThreads threads = new HandshakeThreads();
  private final List<Bytes> answers = new ArrayList<>();
  private ChannelEngine client;
  private Bytes hello;

  @BeforeEach
  void sayHello() throws Exception {
    SecurityWorld world =
        new SecurityWorld()
            .withKey("key", "relay17#1", new byte[32])
            .withKeyPeer("server", PeerRole.SERVER, "key");
    client =
        new DtlsPreSharedKeys(threads)
            .open(Profiles.keys(Map.of()), world)
            .newEngine(HandshakeRole.CLIENT, PeerSelector.anyOf(PeerRole.SERVER));
    client.start();
    hello = next();
  }

  @AfterEach
  void end() {
    client.close(CloseReason.DONE);
    threads.close();
  }

  private Bytes next() {
    List<Bytes> datagrams = new ArrayList<>();
    Await.until(Duration.ofSeconds(5), () -> datagrams.addAll(CookiePipe.taken(client)));
    return datagrams.get(0);
  }

  private Bytes helloWithCookie() {
    assertThat(cookies.check(CLIENT, hello, answers::add)).isEmpty();
    client.receiveNetwork(ByteBuffer.wrap(answers.get(0).toArray()));
    return next();
  }

  private boolean accepted(HopEnd from, Bytes datagram) {
    return cookies.check(from, datagram, answers::add).isPresent();
  }

  /** S-107. */
  @Test
  void answersStrangersWithLittleMoreThanTheySent() {
    assertThat(accepted(CLIENT, hello)).isFalse();
    assertThat(answers).hasSize(1);
    assertThat(answers.get(0).length()).isLessThanOrEqualTo(hello.length() + 64);
    assertThat(answers.get(0).length()).isEqualTo(60);
  }

  @Test
  void takesTheCookieOfThisAddressAndPortOnly() {
    Bytes again = helloWithCookie();
    HopEnd elsewhere = new HopEnd(Ipv6.ofText("2001:db8::18"), CLIENT.port());

    assertThat(accepted(elsewhere, again)).isFalse();
    assertThat(accepted(new HopEnd(CLIENT.address(), 1), again)).isFalse();
    assertThat(accepted(CLIENT, again)).isTrue();
  }

  @Test
  void changesItsKeyAndTakesTheOldOneForAMinute() {
    Bytes again = helloWithCookie();

    now.addAndGet(Duration.ofMinutes(10).toNanos());
    assertThat(accepted(CLIENT, again)).isTrue();
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    assertThat(accepted(CLIENT, again)).isTrue();
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    answers.clear();
    assertThat(accepted(CLIENT, again)).isFalse();
    assertThat(answers).as("another cookie").hasSize(1);
  }

  @Test
  void answersNothingToWhatIsNoBeginning() {
    assertThat(accepted(CLIENT, Bytes.EMPTY)).isFalse();
    assertThat(accepted(CLIENT, Bytes.wrap(new byte[100]))).isFalse();
    assertThat(accepted(CLIENT, HandshakeFilterTest.claim(0, 0xff_ffff))).isFalse();
    assertThat(accepted(CLIENT, hello.slice(0, hello.length() - 1))).isFalse();
    assertThat(answers).isEmpty();
  }
}
