// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.control;

import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.parameter.Cookie;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the state that a pool element leaves with a pool user (RFC 5352 section 3.8, RFC 5355
 * section 2.16): AES-256-GCM under a key that the members of a group share. A cookie is good for
 * its pool, for the user to whom it was given, and until it ends; who has sealed it is in it.
 * Nobody else can read or make one. One thread at a time.
 */
public final class CookieSeal {
  /** Octets of a key. */
  public static final int KEY_LENGTH = 32;

  /** Octets of state that find room in a cookie. */
  public static final int MOST_STATE = 16_384;

  private static final int VERSION = 1;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final int HEADER = 1 + Long.BYTES + Integer.BYTES + NONCE_LENGTH;

  private final SecretKey key;
  private final RandomGenerator nonces;

  /**
   * What a cookie has said.
   *
   * @param by identifier of the pool element that has sealed it
   */
  public record Opened(long by, Bytes state) {}

  /**
   * With a key.
   *
   * @param key {@link #KEY_LENGTH} octets, which are copied
   * @param nonces a strong source; nothing may come out of it twice
   * @throws IllegalArgumentException if the key has another length
   */
  public CookieSeal(byte[] key, RandomGenerator nonces) {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException(
          "a key of cookies has " + KEY_LENGTH + " octets, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "AES");
    this.nonces = nonces;
  }

  /**
   * Seals state.
   *
   * @param by who seals it
   * @param user name by which the pool user has proved itself
   * @param end from when it is refused
   * @throws IllegalArgumentException if there is more than {@link #MOST_STATE}
   */
  public Cookie seal(ElementKey by, String user, Bytes state, Instant end) {
    if (state.length() > MOST_STATE) {
      throw new IllegalArgumentException(
          "a cookie holds " + MOST_STATE + " octets, not " + state.length());
    }
    byte[] nonce = new byte[NONCE_LENGTH];
    nonces.nextBytes(nonce);
    Bytes header =
        new ByteWriter(HEADER)
            .u8(VERSION)
            .i64(end.getEpochSecond())
            .u32(by.identifier())
            .bytes(Bytes.wrap(nonce))
            .toBytes();
    byte[] sealed;
    try {
      sealed = cipher(Cipher.ENCRYPT_MODE, header, by.handle(), user).doFinal(state.toArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java machine has no AES-GCM", e);
    }
    return new Cookie(
        new ByteWriter(HEADER + sealed.length).bytes(header).bytes(Bytes.wrap(sealed)).toBytes());
  }

  /**
   * Opens a cookie that a pool user has brought.
   *
   * @return empty if it was changed, has ended, or is another user's or another pool's
   */
  public Optional<Opened> open(PoolHandle pool, String user, Cookie cookie, Instant now) {
    Bytes octets = cookie.octets();
    if (octets.length() < HEADER + TAG_BITS / 8 || octets.at(0) != VERSION) {
      return Optional.empty();
    }
    Bytes header = octets.slice(0, HEADER);
    byte[] state;
    try {
      state =
          cipher(Cipher.DECRYPT_MODE, header, pool, user)
              .doFinal(octets.slice(HEADER, octets.length()).toArray());
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
    long end = header.i64(1);
    return now.getEpochSecond() < end
        ? Optional.of(new Opened(header.u32(1 + Long.BYTES), Bytes.wrap(state)))
        : Optional.empty();
  }

  private Cipher cipher(int mode, Bytes header, PoolHandle pool, String user)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    byte[] nonce = header.slice(HEADER - NONCE_LENGTH, HEADER).toArray();
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(header.toArray());
    Bytes handle = pool.octets();
    cipher.updateAAD(
        new ByteWriter(Short.BYTES + handle.length())
            .u16(handle.length())
            .bytes(handle)
            .bytes(Bytes.ofUtf8(user))
            .toBytes()
            .toArray());
    return cipher;
  }
}
