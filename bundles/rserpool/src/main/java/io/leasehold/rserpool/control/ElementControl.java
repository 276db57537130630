// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.control;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.asap.AsapCookie;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.BusinessCard;
import io.leasehold.rserpool.wire.asap.CookieEcho;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The side of a pool element (RFC 5352 sections 3.8, 3.9) on control channels with pool users, each
 * of which has proved who it is. One thread at a time.
 */
public final class ElementControl {
  private final ElementKey self;
  private final CookieSeal seal;
  private final Duration life;
  private long refused;

  /**
   * Of a pool element.
   *
   * @param life for how long a cookie is good
   */
  public ElementControl(ElementKey self, CookieSeal seal, Duration life) {
    this.self = self;
    this.seal = seal;
    this.life = life;
  }

  /** First on a channel, and again when the order is another: who is to be tried if this fails. */
  public AsapMessage card(List<PoolElement> order) {
    return new BusinessCard(self.handle(), order);
  }

  /** Leaves state with a pool user. */
  public AsapMessage cookie(String user, Bytes state, Instant now) {
    return new AsapCookie(seal.seal(self, user, state, now.plus(life)));
  }

  /**
   * What another member has left with a pool user that comes here now. One that was not sealed for
   * this user and this pool, or has ended, is refused and counted.
   *
   * @param user name by which the pool user has proved itself
   */
  public Optional<CookieSeal.Opened> heard(String user, CookieEcho echo, Instant now) {
    Optional<CookieSeal.Opened> opened = seal.open(self.handle(), user, echo.cookie(), now);
    refused += opened.isEmpty() ? 1 : 0;
    return opened;
  }

  /** Cookies that were refused. */
  public long refused() {
    return refused;
  }
}
