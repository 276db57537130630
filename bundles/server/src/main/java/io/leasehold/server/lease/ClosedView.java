// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.allocation.GovernorView;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import java.util.Optional;

/** What may be promised where nobody is there to say: nothing. */
final class ClosedView implements GovernorView {
  static final ClosedView INSTANCE = new ClosedView();

  private ClosedView() {}

  @Override
  public Service service() {
    return Service.NONE;
  }

  @Override
  public boolean isOurs(LeaseKey key) {
    return true;
  }

  @Override
  public boolean isFree(LeaseKey key, Optional<Lease> present) {
    return false;
  }

  @Override
  public boolean borrows(long now) {
    return false;
  }

  @Override
  public boolean mayGive(LeaseKey key, Optional<Lease> present, ClientIdentity client, long now) {
    return false;
  }

  @Override
  public boolean isSilentOn(LeaseKey key, Optional<Lease> present) {
    return true;
  }

  @Override
  public long promisedSeconds(Optional<Lease> present, long desiredSeconds, long now) {
    return 0;
  }

  @Override
  public Lease marked(Optional<Lease> before, Lease after, Optional<Terms> terms, long now) {
    throw new IllegalStateException(after.key() + " cannot change without its governor");
  }

  @Override
  public Optional<Lease> over(Lease lease, long now) {
    return Optional.of(lease);
  }
}
