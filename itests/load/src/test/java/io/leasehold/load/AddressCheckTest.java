// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressCheckTest {
  private final AddressCheck check = new AddressCheck();

  @Test
  void onlyAnAddressOfTwoClientsIsFound() {
    for (int i = 0; i < 100_000; i++) {
      check.given(1, i, i);
      check.given(2, i, i);
      check.given(1, i, i);
    }
    assertThat(check.size()).isEqualTo(200_000);
    assertThat(check.shared()).isZero();

    check.given(1, 77, 78);

    assertThat(check.shared()).isEqualTo(1);
  }
}
