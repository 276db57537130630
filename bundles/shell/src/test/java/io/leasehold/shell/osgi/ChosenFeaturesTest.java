// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChosenFeaturesTest {
  @Test
  void linesChooseAndCommentsDoNot() {
    ChosenFeatures chosen =
        ChosenFeatures.of(
            "f", List.of("# install a", "", " install  b", "uninstall c", "install d"));
    assertThat(chosen.install()).containsExactly("b", "d");
    assertThat(chosen.uninstall()).containsExactly("c");
    assertThat(chosen.mistakes()).isEmpty();
  }

  @Test
  void aMistakeIsToldWithItsLineAndTheRestHolds() {
    ChosenFeatures chosen = ChosenFeatures.of("f", List.of("install a", "remove b", "install"));
    assertThat(chosen.install()).containsExactly("a");
    assertThat(chosen.mistakes())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("f:2: 'remove b'").contains("uninstall FEATURE"),
            second -> assertThat(second).startsWith("f:3: 'install'"));
  }

  @Test
  void withoutAFileNothingIsChosen(@TempDir Path directory) throws IOException {
    assertThat(ChosenFeatures.of(directory.resolve("features")))
        .isEqualTo(new ChosenFeatures(List.of(), List.of(), List.of()));
  }
}
