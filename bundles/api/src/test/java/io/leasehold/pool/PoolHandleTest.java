// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Bytes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Handles are octets, and have a text for people. */
final class PoolHandleTest {
  @Test
  void visibleCharactersAreShownAsTheyAre() {
    assertThat(PoolHandle.ofText("dhcp6-core").octets()).isEqualTo(Bytes.ofUtf8("dhcp6-core"));
    assertThat(PoolHandle.ofText("dhcp6-core")).hasToString("dhcp6-core");
    assertThat(new PoolHandle(Bytes.of('a', ' ', '\\', 0, 0xff, 27)))
        .hasToString("a\\x20\\x5c\\x00\\xff\\x1b");
    assertThat(PoolHandle.ofText("käse").octets()).isEqualTo(Bytes.ofUtf8("käse"));
  }

  @Property(tries = 300)
  void everyHandleIsReadAsItIsShown(@ForAll @Size(min = 1, max = 255) byte[] octets) {
    PoolHandle handle = new PoolHandle(Bytes.copyOf(octets));
    assertThat(PoolHandle.ofText(handle.toString())).isEqualTo(handle);
    assertThat(handle.toString()).matches("[!-~]+");
  }

  @Test
  void whatIsNoHandleIsRefused() {
    assertThatThrownBy(() -> PoolHandle.ofText("")).hasMessageContaining("1 to 255 octets");
    assertThatThrownBy(() -> PoolHandle.ofText("a".repeat(256))).hasMessageContaining("1 to 255");
    assertThat(PoolHandle.ofText("a".repeat(255)).octets().length()).isEqualTo(255);
    assertThatThrownBy(() -> PoolHandle.ofText("a\\x1")).hasMessageContaining("hex digits");
    assertThatThrownBy(() -> PoolHandle.ofText("\\xzz")).hasMessageContaining("hex digits");
  }
}
