// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import java.util.Objects;

/**
 * A name in a certificate (RFC 5280 section 4.2.1.6).
 *
 * @param kind of name
 * @param value a DNS name in A-labels without a dot at the end, an address as text, or a URI
 */
public record PeerName(Kind kind, String value) {
  /** Kinds of names. */
  public enum Kind {
    /** dNSName; case does not matter. */
    DNS,
    /** iPAddress. */
    ADDRESS,
    /** uniformResourceIdentifier, compared octet by octet. */
    URI
  }

  /** Rejects null. */
  public PeerName {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(value);
  }
}
