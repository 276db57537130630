// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.server.osgi.config.ConfigFile.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.service.metatype.AttributeDefinition;

class ConfigFileTest {
  private static final Map<String, Key> KEYS =
      Map.of(
          "port", new Key(AttributeDefinition.INTEGER, "UDP port"),
          "interfaces", new Key(AttributeDefinition.STRING, "Where"),
          "rescan.millis", new Key(AttributeDefinition.LONG, "How often"),
          "strict", new Key(AttributeDefinition.BOOLEAN, "Whether"));

  private static List<String> findings(Map<String, Object> values) {
    return new ConfigFile("/srv/etc/x.cfg", "io.leasehold.x", values).findings(KEYS);
  }

  @Test
  void whatComponentsReadIsInOrder() {
    assertThat(
            findings(
                Map.of(
                    "port", "547", "interfaces", "eth0", "rescan.millis", 5L, "strict", " true ")))
        .isEmpty();
  }

  @Test
  void anUnknownKeyIsToldWithTheNearestOne() {
    assertThat(findings(Map.of("prot", "547")))
        .containsExactly(
            "/srv/etc/x.cfg: \"prot\" is no key of io.leasehold.x and has no effect; did you mean \"port\"?");
  }

  @Test
  void upperCaseIsAnotherKey() {
    assertThat(findings(Map.of("Port", "547"))).hasSize(1).first().asString().contains("\"port\"?");
  }

  @Test
  void whereNoKeyIsNearAllAreNamed() {
    assertThat(findings(Map.of("colour", "red")))
        .containsExactly(
            "/srv/etc/x.cfg: \"colour\" is no key of io.leasehold.x and has no effect; there are"
                + " interfaces, port, rescan.millis, strict");
  }

  @Test
  void valuesOfTheWrongKindAreTold() {
    assertThat(
            findings(
                Map.of(
                    "port", "dhcp", "rescan.millis", "9999999999999999999", "strict", "perhaps")))
        .containsExactly(
            "/srv/etc/x.cfg: port = dhcp is not a whole number (UDP port)",
            "/srv/etc/x.cfg: rescan.millis = 9999999999999999999 is not a whole number (How often)",
            "/srv/etc/x.cfg: strict = perhaps is not true or false (Whether)");
    assertThat(findings(Map.of("port", "3000000000")))
        .containsExactly(
            "/srv/etc/x.cfg: port = 3000000000 is not a number from -2147483648 to 2147483647"
                + " (UDP port)");
  }

  @Test
  void keysOfThePlatformAreNobodysMistake() {
    assertThat(
            findings(
                Map.of(
                    "service.pid", "io.leasehold.x",
                    "felix.fileinstall.filename", "file:/srv/etc/x.cfg",
                    "org.apache.karaf.features.configKey", "x",
                    "Store.target", "(leasehold.name=journal)")))
        .isEmpty();
  }

  private static Optional<String> orphaned(String pid) {
    return new ConfigFile("/srv/etc/" + pid + ".cfg", pid, Map.of())
        .orphaned(List.of("io.leasehold.server", "io.leasehold.transport.epoll"));
  }

  @Test
  void aFileWhoseNameIsMisspeltIsToldWithTheNearestName() {
    assertThat(orphaned("io.leasehold.sever"))
        .contains(
            "/srv/etc/io.leasehold.sever.cfg: no component reads it; did you mean"
                + " \"io.leasehold.server.cfg\"?");
  }

  @Test
  void aFileOfWhatIsNotInstalledIsNobodysMistake() {
    assertThat(orphaned("io.leasehold.transport.udp")).isEmpty();
    assertThat(orphaned("io.leasehold.store.journal")).isEmpty();
    assertThat(orphaned("io.leasehold.relay")).isEmpty();
    assertThat(orphaned("io.leasehold.security.peer")).isEmpty();
    assertThat(orphaned("io.leasehold.transport.dtls")).isEmpty();
  }

  @Test
  void whatElseAChannelIsToldIsForItsProviderToJudge() {
    Map<String, Object> values = Map.of("ipsec.local", "2001:db8::1", "prot", "547");
    assertThat(new ConfigFile("x.cfg", "io.leasehold.security.channel", values).findings(KEYS))
        .isEmpty();
    assertThat(new ConfigFile("x.cfg", "io.leasehold.security.peer", values).findings(KEYS))
        .hasSize(2);
  }

  @Test
  void theInnermostCauseOfAFailureIsTold() {
    assertThat(
            ConfigurationWatch.rootCause(
                "org.osgi.Outer: something\n\tat a.B.c(B.java:1)\n"
                    + "Caused by: java.lang.IllegalArgumentException: io.leasehold.server: port = 0\n"
                    + "\tat a.B.d(B.java:2)\n"))
        .isEqualTo("io.leasehold.server: port = 0");
    assertThat(ConfigurationWatch.rootCause("java.lang.IllegalStateException"))
        .isEqualTo("java.lang.IllegalStateException");
  }
}
