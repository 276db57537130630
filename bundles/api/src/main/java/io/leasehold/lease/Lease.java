// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import io.leasehold.net.Bytes;
import io.leasehold.net.HardwareAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * One lease, as it stands in the server's table and in every store. Immutable.
 *
 * @param key what is leased
 * @param subnetId the plan's subnet it belongs to
 * @param client who holds it, or held it last
 * @param iaid identity association of the client (RFC 8415 section 12), unsigned 32 bit
 * @param state its state
 * @param times its times
 * @param details further facts
 */
public record Lease(
    LeaseKey key,
    long subnetId,
    ClientIdentity client,
    long iaid,
    LeaseState state,
    LeaseTimes times,
    LeaseDetails details) {

  /** Rejects impossible values. */
  public Lease {
    Objects.requireNonNull(key);
    Objects.requireNonNull(client);
    Objects.requireNonNull(state);
    Objects.requireNonNull(times);
    Objects.requireNonNull(details);
    if (iaid < 0 || iaid > 0xffff_ffffL) {
      throw new IllegalArgumentException("IAID " + iaid);
    }
  }

  /** Whether its client may use it at {@code now} (seconds since 1970). */
  public boolean isActive(long now) {
    return state == LeaseState.ACTIVE && times.expires() > now;
  }

  /** The same lease in another state from {@code times.stateSince()} on. */
  public Lease with(LeaseState newState, LeaseTimes newTimes) {
    return new Lease(key, subnetId, client, iaid, newState, newTimes, details);
  }

  /**
   * The same lease, over: it says still whose it was, so that the client can have it back, and
   * nothing else about the client any more. What a failover relationship keeps stays.
   */
  public Lease ended(LeaseState endState, LeaseTimes newTimes) {
    LeaseDetails kept =
        details
            .get(LeaseDetails.FAILOVER)
            .map(marks -> LeaseDetails.NONE.with(LeaseDetails.FAILOVER, marks))
            .orElse(LeaseDetails.NONE);
    return new Lease(key, subnetId, client, iaid, endState, newTimes, kept);
  }

  /**
   * The link-layer address of its client: from the details, or what names a DHCPv4 client without
   * an identifier.
   */
  public Optional<HardwareAddress> hardwareAddress() {
    Bytes kept = details.get(LeaseDetails.HARDWARE_ADDRESS).orElse(Bytes.EMPTY);
    if (kept.length() > Short.BYTES) {
      return hardwareAddress(kept.u16(0), kept.slice(Short.BYTES, kept.length()));
    }
    Bytes name = client.type() == ClientIdentity.Type.HARDWARE ? client.value() : Bytes.EMPTY;
    return name.isEmpty()
        ? Optional.empty()
        : hardwareAddress(name.at(0), name.slice(1, name.length()));
  }

  private static Optional<HardwareAddress> hardwareAddress(int type, Bytes address) {
    return address.isEmpty() || address.length() > HardwareAddress.MAX_LENGTH
        ? Optional.empty()
        : Optional.of(new HardwareAddress(type, address));
  }

  /**
   * Whether an identifier names its client: by all that the client sent to say who it is, by its
   * DUID also where a DHCPv4 identifier holds one, or by its link-layer address without the type.
   */
  public boolean isOf(Bytes identifier) {
    return client.value().equals(identifier)
        || client.duid().filter(duid -> duid.value().equals(identifier)).isPresent()
        || hardwareAddress().filter(it -> it.address().equals(identifier)).isPresent();
  }

  /** Whether client and IAID are these. */
  public boolean isHeldBy(ClientIdentity who, long whichIaid) {
    return iaid == whichIaid && client.equals(who);
  }
}
