// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.upstream;

import io.leasehold.net.Bytes;
import io.leasehold.relay.agent.UplinkSettings;
import io.leasehold.security.Assurance;
import java.util.ArrayList;
import java.util.List;

/** An uplink that is as a test says, and remembers what it was sent. */
final class FakeUplink implements Uplink {
  final UplinkSettings settings;
  State state = State.up(Assurance.NONE);
  final List<Bytes> sent = new ArrayList<>();
  int renewals;

  FakeUplink(UplinkSettings settings) {
    this.settings = settings;
  }

  @Override
  public UplinkSettings settings() {
    return settings;
  }

  @Override
  public State state(long nowMillis) {
    return state;
  }

  @Override
  public boolean send(Bytes message, long nowMillis) {
    return sent.add(message);
  }

  @Override
  public void renew() {
    renewals++;
  }
}
