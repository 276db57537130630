// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCheckTest {
  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int check(String... arguments) {
    return new PlanCheck(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(arguments);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(Files.createDirectories(directory).resolve(name), text);
  }

  @Test
  void aGoodPlanIsSummedUp() throws IOException {
    Path plan =
        write(
            "plan.json",
            "{ \"Dhcp6\": { \"subnet6\": [ { \"subnet\": \"2001:db8::/64\", \"pools\": [ { \"pool\": \"2001:db8::/80\" } ] } ] } }");

    assertThat(check(plan.toString())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines(
            "accepted: DHCPv6: 0 shared networks, 1 subnet, 1 pool, 0 pd-pools, 0 reservations\n");
    assertThat(err.size()).isZero();
  }

  @Test
  void errorsGoToTheErrorOutput() throws IOException {
    Path plan = write("plan.json", "{ \"Dhcp6\": { \"subnets6\": [],\n \"loggers\": [] } }");

    assertThat(check(plan.toString())).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines(
            plan
                + ":1:14: error: \"subnets6\" is not a key of the Dhcp6 object; did you mean \"subnet6\"?\nrefused: 1 error\n");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(":2:2: warning: \"loggers\" has no effect here");
  }

  @Test
  void aDirectoryStandsForItsDocumentsInTheOrderOfTheirNames() throws IOException {
    write(
        "20-b.json",
        "{ \"Dhcp6\": { \"valid-lifetime\": 5, \"subnet6\": [ <?include \"one.inc\"?> ] } }");
    write("10-a.json", "{ \"Dhcp6\": { \"valid-lifetime\": 4 } }");
    write("one.inc", "{ \"subnet\": \"2001:db8::/64\" }");
    write("example.json.txt", "not read");

    assertThat(check(directory.toString())).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith(
            directory.resolve("20-b.json")
                + ":1:14: error: \"valid-lifetime\" is already set at "
                + directory.resolve("10-a.json")
                + ":1:14; a plan says it once");
  }

  @Test
  void whatCannotBeReadIsSaid() throws IOException {
    Files.write(directory.resolve("latin.json"), new byte[] {'"', (byte) 0xe9, '"'});

    assertThat(check(directory.resolve("none.json").toString())).isEqualTo(2);
    assertThat(check(directory.resolve("latin.json").toString())).isEqualTo(2);
    assertThat(check()).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(
            "none.json does not exist", "latin.json is not UTF-8 text", "usage: PlanCheck FILE...");
  }

  @Test
  void aMissingInclusionIsAnErrorOfThePlan() throws IOException {
    Path plan = write("plan.json", "{ \"Dhcp6\": {\n <?include \"gone.json\"?> } }");

    assertThat(check(plan.toString())).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(plan + ":2:2: error: \"gone.json\" does not exist");
  }
}
