// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.server.DefinedOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionSourcesTest {
  private static final OptionDefinition WEATHER =
      OptionDefinition.of(OptionSpace.DHCP6, 65001, "weather", "string");
  private static final OptionDefinition SKY =
      OptionDefinition.of(OptionSpace.DHCP6, 65001, "sky", "string");
  private static final OptionDefinition MINE =
      OptionDefinition.of(OptionSpace.DHCP6, 65002, "mine", "uint8");

  private final List<OptionSources.OfBundle> bundles = new ArrayList<>();
  private OptionCatalogue inForce = StandardOptions.CATALOGUE;
  private final OptionSources sources = new OptionSources(() -> bundles, () -> inForce);

  private List<DefinedOption> others() {
    return sources.options().stream()
        .filter(option -> !option.source().equals("standard"))
        .toList();
  }

  @Test
  void everythingHasItsSource() {
    assertThat(others()).isEmpty();
    assertThat(sources.options()).hasSizeGreaterThan(200);

    bundles.add(new OptionSources.OfBundle("org.example.weather", List.of(WEATHER)));
    inForce = inForce.with(List.of(WEATHER, MINE)).catalogue();

    assertThat(others())
        .containsExactly(
            new DefinedOption(WEATHER, "org.example.weather", ""),
            new DefinedOption(MINE, "plan", ""));
    assertThat(sources.alarms()).isEmpty();
  }

  @Test
  void whoComesSecondIsRefusedAndShown() {
    bundles.add(new OptionSources.OfBundle("first", List.of(WEATHER)));
    bundles.add(new OptionSources.OfBundle("second", List.of(SKY)));
    bundles.add(new OptionSources.OfBundle("third", List.of(WEATHER)));

    assertThat(others())
        .contains(
            new DefinedOption(SKY, "second", "dhcp6.weather(65001) of first"),
            new DefinedOption(WEATHER, "third", ""));
    assertThat(sources.alarms())
        .containsExactly(
            "the option dhcp6.sky(65001) of the bundle second is refused: there is"
                + " dhcp6.weather(65001) of first already; dhcp:option-list has both");
  }

  @Test
  void theStandardOnesWereThereFirst() {
    OptionDefinition taken = OptionDefinition.of(OptionSpace.DHCP6, 23, "taken", "string");
    bundles.add(new OptionSources.OfBundle("first", List.of(taken)));

    assertThat(others()).singleElement().matches(one -> one.conflict().endsWith(" of standard"));
  }
}
