// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import io.leasehold.net.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every Java has. */
public final class Digests {
  private Digests() {}

  /** Digest of several sequences; each counts with its length. */
  public static Bytes sha256(byte[]... parts) {
    MessageDigest digest = sha256();
    for (byte[] part : parts) {
      digest.update(Bytes.of(part.length >> 24 & 0xff, part.length >> 16 & 0xff).toArray());
      digest.update(Bytes.of(part.length >> 8 & 0xff, part.length & 0xff).toArray());
      digest.update(part);
    }
    return Bytes.wrap(digest.digest());
  }

  /** Digest of just these octets. */
  public static Bytes plain(byte[] octets) {
    return Bytes.wrap(sha256().digest(octets));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
