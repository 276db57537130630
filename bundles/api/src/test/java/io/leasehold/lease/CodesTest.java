// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodesTest {
  @ParameterizedTest
  @EnumSource
  void kindIsFoundByItsCode(LeaseKind kind) {
    assertThat(LeaseKind.of(kind.code())).isEqualTo(kind);
  }

  @ParameterizedTest
  @EnumSource
  void stateIsFoundByItsCode(LeaseState state) {
    assertThat(LeaseState.of(state.code())).isEqualTo(state);
  }

  @ParameterizedTest
  @EnumSource
  void typeOfIdentityIsFoundByItsCode(ClientIdentity.Type type) {
    assertThat(ClientIdentity.Type.of(type.code())).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 9, 255})
  void unknownCodeIsRefusedAndNamed(int code) {
    assertThatThrownBy(() -> LeaseState.of(code))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown lease state " + code);
  }

  @Test
  void messageSaysWhatTheCodeWasToBe() {
    assertThatThrownBy(() -> LeaseKind.of(0)).hasMessage("unknown lease kind 0");
    assertThatThrownBy(() -> ClientIdentity.Type.of(9))
        .hasMessage("unknown client identity type 9");
  }
}
