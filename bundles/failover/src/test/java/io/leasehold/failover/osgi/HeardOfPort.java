// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.failover.effect.Moment;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it hears of connections; for one thread. */
final class HeardOfPort implements Port.Owner {
  final List<String> heard = new ArrayList<>();
  final List<Moment> moments = new ArrayList<>();

  @Override
  public void opened(Port port, Moment arrived) {
    add("opened", arrived);
  }

  @Override
  public void frame(Port port, FailoverFrame frame, Moment arrived) {
    add("frame " + frame.type(), arrived);
  }

  @Override
  public void malformed(Port port, String why, Moment arrived) {
    add("malformed", arrived);
  }

  @Override
  public void ended(Port port, String why, Moment now) {
    add("ended " + why, now);
  }

  private void add(String what, Moment when) {
    heard.add(what);
    moments.add(when);
  }
}
