// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.RelayStatus;
import io.leasehold.security.HopEnd;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

final class RelayComponentTest {
  private static final Ipv6 SERVER = Ipv6.ofText("2001:db8::547");
  private static final Bytes SOLICIT = Bytes.ofHex("010a0b0c000800020000");

  @TempDir Path data;

  private final Wires wires = new Wires();
  private final RelayComponent component = new RelayComponent();
  private final List<RelayStatus> services = new ArrayList<>();
  private final List<Object> names = new ArrayList<>();
  private final List<Integer> boundAtFirst = new ArrayList<>();

  /** A framework that knows nothing but services. */
  private BundleContext context() {
    ServiceRegistration<?> registration =
        proxy(
            ServiceRegistration.class,
            (method, arguments) -> method.equals("unregister") ? clear() : null);
    return proxy(
        BundleContext.class,
        (method, arguments) -> {
          if (method.equals("getProperty")) {
            return data.toString();
          }
          RelayStatus status = (RelayStatus) arguments[1];
          boundAtFirst.add(wires.datagram.bound.size());
          services.add(status);
          names.add(((Dictionary<?, ?>) arguments[2]).get("leasehold.name"));
          return registration;
        });
  }

  private Object clear() {
    services.clear();
    return null;
  }

  private interface Calls {
    Object call(String method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Calls calls) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> calls.call(method.getName(), arguments)));
  }

  private static Map<String, Object> file(String... lines) {
    Map<String, Object> file = new HashMap<>();
    file.put("felix.fileinstall.filename", "file:/etc/io.leasehold.relay-hq.cfg");
    file.put("service.pid", "io.leasehold.relay~hq");
    file.put("interfaces", "eth1");
    file.put("upstream.interfaces", "eth0");
    file.put("upstream", "udp://[2001:db8::547]");
    for (String line : lines) {
      String[] parts = line.split("\\s*=\\s*", 2);
      file.put(parts[0], parts[1]);
    }
    return file;
  }

  private void deliver() {
    wires.datagram.deliver("eth1", Ipv6.ofText("fe80::c"), 546, SOLICIT);
  }

  @Test
  void aFileIsARelayAgent() {
    component.setTransport(wires.datagram);
    component.activate(file(), context());
    deliver();

    assertThat(names).containsExactly("hq");
    assertThat(services.get(0).name()).isEqualTo("hq");
    assertThat(boundAtFirst).as("it is told of when it works").containsExactly(2);
    assertThat(services.get(0).counters()).containsEntry("prefix-delegated", 0L);
    assertThat(wires.datagram.sent).hasSize(1);
    component.deactivate();
    assertThat(services).isEmpty();
    assertThat(wires.datagram.bound).isEmpty();
  }

  @Test
  void aChangeThatCannotBeUsedLeavesWhatWasInForce() {
    component.setTransport(wires.datagram);
    component.activate(file(), context());
    component.modified(file("interfases = eth2"), context());
    deliver();

    assertThat(wires.datagram.sent).hasSize(1);
    assertThat(services.get(0).alarms())
        .containsExactly("goes on as before: interfases is not a key; did you mean interfaces?");
    component.modified(file(), context());
    assertThat(services.get(0).alarms()).isEmpty();
  }

  @Test
  void aFirstFileThatCannotBeUsedIsToldAndNothingIsOpened() {
    component.setTransport(wires.datagram);
    component.activate(file("listen = tls://*?channel=strong"), context());

    assertThat(wires.datagram.bound).isEmpty();
    assertThat(services.get(0).alarms())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("does not work: upstream udp://[2001:db8::547] is not protected");
  }

  @Test
  void aFileMayBeSwitchedOff() {
    component.setTransport(wires.datagram);
    component.activate(file("enabled = false"), context());
    assertThat(services).isEmpty();
    assertThat(wires.datagram.bound).isEmpty();

    component.modified(file(), context());
    assertThat(services).hasSize(1);
    component.modified(file("enabled = false"), context());
    assertThat(services).isEmpty();
    assertThat(wires.datagram.bound).isEmpty();
  }

  @Test
  void transportsMayGoAndCome() {
    component.activate(file(), context());
    component.setTransport(wires.datagram);
    deliver();
    component.unsetTransport(wires.datagram);
    assertThat(wires.datagram.bound).isEmpty();
    component.setTransport(wires.datagram);
    deliver();

    assertThat(wires.datagram.sent).hasSize(2);
  }

  @Test
  void withoutSecurityServicesNothingIsAdmitted() {
    HopEnd end = new HopEnd(Ipv6.UNSPECIFIED, 547);

    assertThat(component.admit("wall", end, end).admitted()).isFalse();
    assertThat(component.admit("wall", end, end).reason()).contains("leasehold-security");
  }

  @Test
  void delegatedPrefixesAreRoutedAndRememberedOverRestarts() throws InterruptedException {
    RecordedRoutes routes = new RecordedRoutes();
    component.setTransport(wires.datagram);
    component.setRoutes(routes);
    component.activate(file(), context());
    deliver();
    wires.datagram.deliver("eth0", SERVER, 547, delegation(wires.datagram.sent.get(0).message()));

    assertThat(routes.next()).isEqualTo("add 2001:db8:1::/48 fe80::c eth1");
    assertThat(services.get(0).prefixes()).hasSize(1);
    component.deactivate();
    RelayComponent next = new RelayComponent();
    next.setRoutes(routes);
    next.activate(file(), context());
    assertThat(routes.next()).isEqualTo("add 2001:db8:1::/48 fe80::c eth1");
    next.setTransport(wires.datagram);
    wires.datagram.deliver("eth1", Ipv6.ofText("2001:db8:1::5"), 546, SOLICIT);
    assertThat(services.get(0).counters()).containsEntry("drop-spoofed-source", 1L);
    next.deactivate();
  }

  private static Bytes delegation(Bytes forwarded) {
    return RelayInstanceTest.answer(forwarded, PrefixThreadTest.reply());
  }

  @Test
  void whatKeepsClientsFromServersIsSaid() {
    component.activate(file(), context());
    assertThat(services.get(0).obstacles())
        .hasSize(2)
        .allMatch(each -> each.contains("leasehold-transport-epoll"));
    component.setTransport(wires.datagram);
    assertThat(services.get(0).obstacles()).isEmpty();
    component.modified(
        file("upstream = tls://[2001:db8::547]?channel=strong", "listen = tls://*?channel=strong"),
        context());
    assertThat(services.get(0).obstacles())
        .containsExactly(
            "no way to tls://[2001:db8::547]?channel=strong: transport-missing: no"
                + " transport tcp is there; install leasehold-transport-tcp");
    wires.datagram.listening = false;
    assertThat(services.get(0).obstacles())
        .hasSize(2)
        .first()
        .isEqualTo("nobody is heard: eth1 its address is tentative");
  }

  @Test
  void bothFamiliesAreServed() {
    component.setTransport(wires.datagram);
    component.activate(
        file("family = ipv4", "upstream = udp://192.0.2.1", "interface.eth1.trusted = true"),
        context());

    assertThat(services.get(0).alarms()).isEmpty();
    assertThat(services.get(0).counters()).doesNotContainKey("prefix-delegated");
    assertThat(wires.datagram.bound).hasSize(2).allMatch(each -> each.spec.port() == 67);
  }
}
