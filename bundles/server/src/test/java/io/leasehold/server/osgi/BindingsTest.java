// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BindingsTest {
  @Test
  void isInTheWayUntilItWasAskedToListen() {
    Bindings bindings = new Bindings();
    assertThat(bindings.obstacles()).containsExactly("nothing is listened on yet");
    bindings.listen(null, List.of());
    assertThat(bindings.obstacles()).isEmpty();
  }
}
