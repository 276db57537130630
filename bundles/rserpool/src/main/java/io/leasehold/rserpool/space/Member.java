// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.space;

import io.leasehold.rserpool.policy.Candidate;
import io.leasehold.rserpool.wire.parameter.PoolElement;

/** A pool element in its pool. Of the thread of its handlespace. */
public final class Member extends Candidate {
  private boolean marked;

  Member(PoolElement element) {
    super(element);
  }

  /** Whether it has not been heard of since its owner's pool elements were marked. */
  public boolean isMarked() {
    return marked;
  }

  void replace(PoolElement element) {
    register(element);
    marked = false;
  }

  void giveTo(long home) {
    moveTo(home);
    marked = false;
  }

  void mark(boolean isMarked) {
    marked = isMarked;
  }
}
