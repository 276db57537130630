// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.asap;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.parameter.Cookie;
import java.util.Objects;

/**
 * A pool element leaves state with a pool user (RFC 5352 section 2.2.11).
 *
 * @param cookie the state
 */
public record AsapCookie(Cookie cookie) implements AsapMessage {
  /** Keeps the cookie. */
  public AsapCookie {
    Objects.requireNonNull(cookie);
  }

  static AsapCookie read(ParameterReader in) {
    return new AsapCookie(in.one(Cookie.FORMAT));
  }

  @Override
  public int type() {
    return COOKIE;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(COOKIE, 0).add(cookie).encode();
  }
}
