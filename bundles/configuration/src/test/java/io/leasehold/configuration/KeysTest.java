// SPDX-License-Identifier: Apache-2.0
package io.leasehold.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class KeysTest {
  private enum Colour {
    RED,
    LIGHT_BLUE
  }

  @Test
  void everythingThatIsWrongIsKept() {
    Keys keys = Keys.of(Map.of("size", "7x", "colour", "pink", "sise", "7"));

    assertThat(keys.number("size", 3, 1, 9)).isEqualTo(3);
    assertThat(keys.constant("colour", Colour.RED)).isEqualTo(Colour.RED);
    assertThat(keys.problems())
        .containsExactlyInAnyOrder(
            "size = 7x: accepted is a number from 1 to 9",
            "colour = pink: accepted is red or light-blue",
            "sise is not a key; did you mean size?");
  }

  @Test
  void whatTheFrameworkAddsIsNoKey() {
    Keys keys =
        Keys.of(
            Map.of(
                "service.pid", "x",
                "felix.fileinstall.filename", "x",
                "component.name", "x",
                "store.target", "x"));
    assertThat(keys.problems()).isEmpty();
  }

  @Test
  void aValueForAnInterfaceComesBeforeTheOneForAll() {
    Keys keys = Keys.of(Map.of("trusted", "false", "interface.eth1.trusted", "true"));
    assertThat(keys.of("eth1").flag("trusted", true)).isTrue();
    assertThat(keys.of("eth2").flag("trusted", true)).isFalse();
    assertThat(keys.problems()).isEmpty();
  }

  @Test
  void listsAreOfBlanksCommasOrArrays() {
    Keys keys = Keys.of(Map.of("a", "1, 2  3", "b", new String[] {"1", "2"}, "c", "1 x"));
    assertThat(keys.list("a")).containsExactly("1", "2", "3");
    assertThat(keys.list("b", "numbers", Integer::valueOf)).containsExactly(1, 2);
    assertThat(keys.list("c", "numbers", Integer::valueOf)).containsExactly(1);
    assertThat(keys.problems()).containsExactly("c = x: accepted is numbers");
  }
}
