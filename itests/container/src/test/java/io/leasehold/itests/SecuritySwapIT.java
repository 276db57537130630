// SPDX-License-Identifier: Apache-2.0
package io.leasehold.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;

import io.leasehold.hop.HopTransport;
import io.leasehold.hop.LinkStatus;
import io.leasehold.security.ChannelStatus;
import io.leasehold.security.Channels;
import io.leasehold.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** What protects a hop between relay agent and server changes while clients are served. */
public class SecuritySwapIT extends ServerTest {
  private static final Path BASE = Path.of(System.getProperty("karaf.base", "."));
  private static final Path ETC = BASE.resolve("etc");
  private static final String TLS = "leasehold-security-tls";
  private static final List<String> FEATURES =
      List.of(
          "leasehold-transport-tcp",
          "leasehold-transport-dtls",
          TLS,
          "leasehold-security-dtls",
          "leasehold-relay");
  private static final String OVER_TLS = "tls://[::1]:20548?channel=stream";
  private static final String OVER_DTLS = "dtls://[::1]:20549?channel=datagrams";
  private static final long PATIENCE_MILLIS = 300;

  private final MemoryLink link = new MemoryLink();

  @Test
  public void partsOfAHopAreReplacedUnderLoadAndWithoutItsProviderNothingPasses() throws Exception {
    ServiceRegistration<Transport> clients =
        context.registerService(
            Transport.class,
            link,
            new Hashtable<>(Map.of("service.ranking", -100, "leasehold.name", "memory-link")));
    configure();
    for (String feature : FEATURES) {
      install(feature);
    }
    await("the relay agent has a connection", () -> link.isBound() && onlyBy("tcp", "first"));
    Load load = new Load(message -> link.ask(message, PATIENCE_MILLIS));
    load.awaitMore("by the first key");

    channel("stream", "tls-psk", "second");
    await("the second key has replaced the first", () -> onlyBy("tcp", "second"));
    load.awaitMore("by the second key");

    Bundle provider = bundle("io.leasehold.security.tls").orElseThrow();
    provider.stop();
    assertClosed();
    provider.start();
    load.awaitMore("when the provider has started again");

    try (InputStream jar = Files.newInputStream(jar("leasehold-security-tls"))) {
      provider.update(jar);
    }
    load.awaitMore("by the updated provider");

    uninstall(TLS);
    assertClosed();
    install(TLS);
    load.awaitMore("by the provider that was installed again");

    relay(OVER_DTLS + " " + OVER_TLS);
    await("both transports are connected", () -> up(each -> true).size() == 4);
    relay(OVER_DTLS);
    await("there are datagrams only", () -> onlyBy("dtls", "first"));
    load.awaitMore("over the other transport");

    load.stopAndCheck();
    clients.unregister();
  }

  /** Down, for one reason that says what to do, and nothing passes. */
  private void assertClosed() throws Exception {
    await("there is no connection", () -> up(each -> true).isEmpty());
    ChannelStatus status =
        service(Channels.class).orElseThrow().status().stream()
            .filter(each -> each.name().equals("stream"))
            .findFirst()
            .orElseThrow();
    assertFalse(status.health().usable());
    assertEquals(
        "provider-missing: nothing provides tls-psk; install the feature leasehold-security-tls",
        status.health().reason());
    assertNull(link.ask(solicit(duid()), PATIENCE_MILLIS));
  }

  /** Whether both ends of one connection are all that there is. */
  private boolean onlyBy(String transport, String credential) throws Exception {
    List<LinkStatus> all = up(each -> true);
    return all.size() == 2
        && up(each ->
                    each.transport().equals(transport)
                        && each.peer().orElseThrow().facts().credential().equals(credential))
                .size()
            == 2;
  }

  private List<LinkStatus> up(Predicate<LinkStatus> which) throws Exception {
    List<LinkStatus> found = new ArrayList<>();
    for (ServiceReference<HopTransport> each :
        context.getServiceReferences(HopTransport.class, null)) {
      HopTransport transport = context.getService(each);
      if (transport != null) {
        transport.links().stream()
            .filter(status -> status.state() == LinkStatus.State.UP)
            .filter(which)
            .forEach(found::add);
      }
    }
    return found;
  }

  private static void configure() throws IOException {
    Path keys = ETC.resolve("keys");
    Files.createDirectories(keys);
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwx------"));
    for (String name : List.of("first", "second")) {
      Path key = keys.resolve(name + ".psk");
      Files.writeString(key, (name.equals("first") ? "5a" : "c3").repeat(32));
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
      write(
          "security.credential-" + name,
          "kind = psk\nidentity = %s#1\nsecret = file:keys/%s.psk\n".formatted(name, name));
    }
    // Both ends are in this container, and share one directory of peers.
    write("security.peer-loop", "roles = relay server\npsk = first second\n");
    channel("stream", "tls-psk", "first");
    channel("datagrams", "dtls-psk", "first");
    write(
        "server",
        "interfaces = lo\nport = 20547\nrelay.policy = protected\nlisten = %s&family=v6 %s&family=v6\n"
            .formatted(OVER_TLS, OVER_DTLS));
    relay(OVER_TLS);
  }

  private static void channel(String name, String provider, String credential) throws IOException {
    write(
        "security.channel-" + name,
        "provider = %s\ncredential = %s\ndrain.seconds = 2\n".formatted(provider, credential));
  }

  private static void relay(String upstream) throws IOException {
    write(
        "relay-swap",
        """
        interfaces = %s
        link.address = 2001:db8:1::1
        upstream.mode = first
        upstream = %s
        transport.target = (leasehold.name=memory-link)
        """
            .formatted(MemoryLink.INTERFACE, upstream));
  }

  /** Written whole under another name first: the directory is watched. */
  private static void write(String name, String text) throws IOException {
    Path file = ETC.resolve("io.leasehold." + name + ".cfg");
    Path unfinished = ETC.resolve("io.leasehold." + name + ".new");
    Files.writeString(unfinished, text);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path jar(String artifact) throws IOException {
    try (var files = Files.walk(BASE.resolve("system/io/leasehold/" + artifact))) {
      return files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
  }
}
