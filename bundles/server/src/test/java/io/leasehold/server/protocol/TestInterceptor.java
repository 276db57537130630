// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.hook.PacketInterceptor;

/** An interceptor that has a name. */
public abstract class TestInterceptor implements PacketInterceptor {
  @Override
  public final String name() {
    return "test";
  }
}
