// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchTest {
  private final List<Double> rates = new ArrayList<>();

  private Search search(double limit, int hiccup, String... words) {
    List<String> line = new ArrayList<>(List.of("6", "--to", "::1"));
    line.addAll(List.of(words));
    return new Search(
        new Settings(line),
        rate -> {
          rates.add(rate);
          Tally tally = new Tally(0, 1_000_000_000);
          tally.begun = (long) rate;
          tally.completed = rates.size() == hiccup ? 0 : (long) Math.min(rate, limit);
          return tally;
        },
        one -> {});
  }

  @Test
  void findsTheLimitFromBelowAndFromAbove() {
    assertThat(search(20_000, 0).from(1000).rate()).isBetween(19_000.0, 20_210.0);
    assertThat(search(20_000, 0).from(500_000).rate()).isBetween(19_000.0, 20_210.0);
  }

  @Test
  void oneHiccupDoesNotDecide() {
    assertThat(search(20_000, 2).from(1000).rate()).isBetween(19_000.0, 20_210.0);
    assertThat(rates).startsWith(1000.0, 2000.0, 2000.0, 4000.0);
  }

  @Test
  void stopsAtTheHighestRateAndWhereNothingIsServed() {
    assertThat(search(1e9, 0, "--highest", "5000").from(1000).rate()).isEqualTo(5000);
    assertThat(search(0, 0).from(1000)).isNull();
  }

  @Test
  void aGeneratorThatFallsBehindIsNamed() {
    Search search =
        new Search(
            new Settings(List.of("6", "--to", "::1")),
            rate -> {
              Tally tally = new Tally(0, 1_000_000_000);
              tally.begun = (long) Math.min(rate, 3000);
              tally.completed = tally.begun;
              tally.notBegun = (long) rate - tally.begun;
              return tally;
            },
            one -> {});

    assertThat(search.from(1000).rate()).isBetween(2880.0, 3062.0);
    assertThat(search.isGeneratorTheLimit()).isTrue();
  }
}
