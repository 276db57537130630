// SPDX-License-Identifier: Apache-2.0
package io.leasehold.route.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LinuxRoutesTest {
  private static final Prefix PREFIX = Prefix.ofText("2001:db8:1200::/40");
  private static final Ipv6 CLIENT = Ipv6.ofText("fe80::aa");

  @TempDir Path directory;

  @Test
  void wordsReachTheProgramOneByOne() throws IOException {
    Path log = directory.resolve("log");
    LinuxRoutes routes = routes("printf '<%s>' \"$@\" >>" + log + "; echo >>" + log);
    routes.add(PREFIX, CLIENT, "eth0.7");
    routes.remove(PREFIX, CLIENT, "eth0.7");
    String route =
        "<2001:db8:1200::/40><via><fe80::aa><dev><eth0.7><proto><172><metric><1020><table><254>";
    assertThat(Files.readAllLines(log))
        .containsExactly(
            "<-6><-N><route><show><exact><2001:db8:1200::/40><table><254>",
            "<-6><-N><route><replace>" + route,
            "<-6><-N><route><del>" + route);
  }

  @Test
  void refusalOfTheKernelIsTold() throws IOException {
    LinuxRoutes routes =
        routes("echo 'RTNETLINK answers: Operation not permitted' >&2; echo; exit 2");
    assertThatThrownBy(() -> routes.add(PREFIX, CLIENT, "eth0"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "route to 2001:db8:1200::/40: rtnetlink answers: operation not"
                + " permitted (status 2)");
    assertThatThrownBy(() -> routes.remove(PREFIX, CLIENT, "eth0")).isInstanceOf(IOException.class);
  }

  @Test
  void routeThatIsNotThereIsRemoved() throws IOException {
    for (String said :
        List.of("RTNETLINK answers: No such process", "Cannot find device \"eth0\"")) {
      LinuxRoutes routes = routes("echo '" + said + "' >&2; exit 2");
      routes.remove(PREFIX, CLIENT, "eth0");
      assertThatThrownBy(() -> routes.add(PREFIX, CLIENT, "eth0")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void programThatDoesNotEndIsKilled() throws IOException {
    LinuxRoutes routes =
        new LinuxRoutes(
            new RouteSettings(
                List.of(script("exec tail -f /dev/null")), 172, 254, 1020, Duration.ofMillis(50)));
    assertThatThrownBy(() -> routes.add(PREFIX, CLIENT, "eth0"))
        .hasMessageEndingWith("did not end within 50 ms");
  }

  @Test
  void programThatIsNotThereIsTold() {
    LinuxRoutes routes =
        new LinuxRoutes(
            new RouteSettings(List.of(directory + "/none"), 172, 254, 1020, Duration.ofSeconds(5)));
    assertThatThrownBy(() -> routes.add(PREFIX, CLIENT, "eth0"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none");
  }

  @Test
  void namesThatAreNoneRunNothing() throws IOException {
    Path log = directory.resolve("log");
    LinuxRoutes routes = routes("echo run >>" + log);
    for (String name :
        List.of("", "-batch", "eth0 table", "eth0;id", "a/b", "name-over-15-octets")) {
      assertThatThrownBy(() -> routes.add(PREFIX, CLIENT, name))
          .isInstanceOf(IOException.class)
          .hasMessage("'" + name + "' is not the name of an interface");
    }
    for (Prefix prefix : List.of(Prefix.ALL, Prefix.ofText("10.0.0.0/8"))) {
      assertThatThrownBy(() -> routes.add(prefix, CLIENT, "eth0")).isInstanceOf(IOException.class);
    }
    assertThat(log).doesNotExist();
  }

  @Test
  void allWrongSettingsAreNamedAtOnce() {
    assertThatThrownBy(() -> new RouteSettings(List.of(" "), 4, 0, 0, Duration.ofMinutes(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "command = ' ', accepted: a program; protocol = 4, accepted: 5 to 255; table = 0,"
                + " accepted: 1 to 4294967295; metric = 0, accepted: 1 to 4294967295;"
                + " timeout.milliseconds = 120000, accepted: 10 to 60000");
  }

  private LinuxRoutes routes(String script) throws IOException {
    return new LinuxRoutes(
        new RouteSettings(List.of(script(script)), 172, 254, 1020, Duration.ofSeconds(20)));
  }

  private String script(String commands) throws IOException {
    Path file =
        Files.createTempFile(
            directory,
            "ip",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return Files.writeString(file, "#!/bin/sh\n" + commands + "\n").toString();
  }
}
