// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Duid;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** RFC 8415 section 11: a DUID is made once and should never change. */
class ServerIdentityTest {
  private final HeldStore store = new HeldStore();

  @Test
  void theDuidIsMadeOnceAndDurable() throws IOException {
    Duid first = ServerIdentity.of(store, 1_800_000_000L);

    assertThat(ServerIdentity.of(store, 1_900_000_000L)).isEqualTo(first);
    assertThat(ServerIdentity.of(new HeldStore(), 1_900_000_000L))
        .as("the time or chance is part of it")
        .isNotEqualTo(first);
  }

  @Test
  void withoutAStoreThatKeepsItThereIsNone() {
    store.stop();

    assertThatThrownBy(() -> ServerIdentity.of(store, 1_800_000_000L))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("could not be made durable");
  }
}
