// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls;

import io.leasehold.net.Bytes;
import io.leasehold.security.HopEnd;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.bouncycastle.tls.DTLSRequest;
import org.bouncycastle.tls.DTLSVerifier;
import org.bouncycastle.tls.DatagramSender;
import org.bouncycastle.tls.crypto.TlsCrypto;

/**
 * Cookies by which clients show that they hear at their address (RFC 6347 section 4.2.1). Nothing
 * is kept of a client. May be used from any thread.
 */
final class Cookies {
  private static final long KEY_LIFE_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int MOST_OCTETS_MORE = 64;

  private final TlsCrypto crypto;
  private final LongSupplier nanos;
  private DTLSVerifier present;
  private DTLSVerifier previous;
  private long renewedAt;

  Cookies(TlsCrypto crypto, LongSupplier nanos) {
    this.crypto = crypto;
    this.nanos = nanos;
    this.present = new DTLSVerifier(crypto);
    this.renewedAt = nanos.getAsLong();
  }

  /**
   * The request of a client that sent a cookie of ours; everybody else who asks to begin gets one.
   *
   * @param answer takes the datagram with the cookie
   */
  Optional<DTLSRequest> check(HopEnd from, Bytes datagram, Consumer<Bytes> answer) {
    if (!HandshakeFilter.passes(datagram)) {
      return Optional.empty();
    }
    byte[] octets = datagram.toArray();
    byte[] client = identityOf(from);
    DTLSVerifier old;
    DTLSVerifier young;
    synchronized (this) {
      renew();
      young = present;
      old = nanos.getAsLong() - renewedAt < GRACE_NANOS ? previous : null;
    }
    if (old != null) {
      DTLSRequest request = old.verifyRequest(client, octets, 0, octets.length, new Answer(null));
      if (request != null) {
        return Optional.of(request);
      }
    }
    Answer once = new Answer(answer);
    once.limit = octets.length + MOST_OCTETS_MORE;
    return Optional.ofNullable(young.verifyRequest(client, octets, 0, octets.length, once));
  }

  private void renew() {
    long now = nanos.getAsLong();
    if (now - renewedAt >= KEY_LIFE_NANOS) {
      previous = now - renewedAt < KEY_LIFE_NANOS + GRACE_NANOS ? present : null;
      present = new DTLSVerifier(crypto);
      renewedAt = now;
    }
  }

  private static byte[] identityOf(HopEnd from) {
    ByteBuffer identity = ByteBuffer.allocate(18);
    from.address().bytes().putInto(identity);
    return identity.putShort((short) from.port()).array();
  }

  /** Sends what is not larger than it may be, or nothing. */
  private static final class Answer implements DatagramSender {
    private final Consumer<Bytes> target;
    private int limit;

    Answer(Consumer<Bytes> target) {
      this.target = target;
    }

    @Override
    public int getSendLimit() {
      return limit;
    }

    @Override
    public void send(byte[] buf, int off, int len) {
      if (len <= limit) {
        target.accept(Bytes.copyOf(buf, off, len));
      }
    }
  }
}
