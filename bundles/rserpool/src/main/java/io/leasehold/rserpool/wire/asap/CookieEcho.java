// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.asap;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.parameter.Cookie;
import java.util.Objects;

/**
 * A pool user hands state of one pool element to the next (RFC 5352 section 2.2.12).
 *
 * @param cookie the state
 */
public record CookieEcho(Cookie cookie) implements AsapMessage {
  /** Keeps the cookie. */
  public CookieEcho {
    Objects.requireNonNull(cookie);
  }

  static CookieEcho read(ParameterReader in) {
    return new CookieEcho(in.one(Cookie.FORMAT));
  }

  @Override
  public int type() {
    return COOKIE_ECHO;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(COOKIE_ECHO, 0).add(cookie).encode();
  }
}
