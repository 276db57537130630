// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.Dhcp6OptionTable;
import io.leasehold.server.plan.ServerPlan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** A plan of the size of a large access network. */
class PlanScaleTest {
  private static final int SUBNETS = 5_000;
  private static final int RESERVATIONS = 20;

  private static String document() {
    StringBuilder text = new StringBuilder(20_000_000).append("{ \"Dhcp6\": { \"subnet6\": [\n");
    for (int s = 0; s < SUBNETS; s++) {
      String net = "2001:db8:" + Integer.toHexString(s);
      text.append(s == 0 ? "" : ",\n")
          .append("{ \"id\": %d, \"subnet\": \"%s::/64\", ".formatted(s + 1, net))
          .append("\"pools\": [ { \"pool\": \"%s::1:0 - %s::1:ffff\" } ],\n".formatted(net, net))
          .append(
              "\"pd-pools\": [ { \"prefix\": \"2001:db9:%x::\", \"prefix-len\": 48, \"delegated-len\": 64 } ],\n"
                  .formatted(s))
          .append(
              "\"option-data\": [ { \"name\": \"dns-servers\", \"data\": \"%s::53\" } ],\n"
                  .formatted(net))
          .append("\"reservations\": [");
      for (int r = 0; r < RESERVATIONS; r++) {
        text.append(r == 0 ? "\n" : ",\n")
            .append(
                "  { \"duid\": \"00:03:00:01:%08x:%04x\", \"ip-addresses\": [ \"%s::%x\" ], \"hostname\": \"h%d-%d\" }"
                    .formatted(s, r, net, r + 1, s, r)
                    .replaceAll(
                        "(?<=:)(\\p{XDigit}{2})(\\p{XDigit}{2})(\\p{XDigit}{2})(\\p{XDigit}{2}):(\\p{XDigit}{2})(\\p{XDigit}{2})",
                        "$1:$2:$3:$4:$5:$6"));
      }
      text.append(" ] }");
    }
    return text.append("\n] } }\n").toString();
  }

  @Test
  void fiveThousandSubnetsAndAHundredThousandReservations(TestReporter reporter) {
    List<Document> documents = List.of(new Document("plan.json", document()));
    PlanCompiler compiler = new PlanCompiler(Dhcp6OptionTable.CATALOGUE, Includes.NONE);

    long start = System.nanoTime();
    PlanCompilation compilation = compiler.compile(documents, List.of());
    long spent = System.nanoTime() - start;

    reporter.publishEntry(
        "compiled",
        documents.get(0).text().length()
            + " characters in "
            + Duration.ofNanos(spent).toMillis()
            + " ms");
    assertThat(compilation.report().findings()).isEmpty();
    assertThat(compilation.report().summary())
        .isEqualTo(
            "DHCPv6: 0 shared networks, 5000 subnets, 5000 pools, 5000 pd-pools, 100000 reservations");
    ServerPlan plan = compilation.plan().orElseThrow();
    assertThat(plan.v6().subnet(5_000).orElseThrow().reservations().all()).hasSize(RESERVATIONS);
  }
}
