// SPDX-License-Identifier: Apache-2.0
package io.leasehold.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import io.leasehold.codec.ByteWriter;
import io.leasehold.hop.Application;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionUser;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolUserControl;
import io.leasehold.pool.PoolView;
import io.leasehold.security.Assurance;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;

/** A relay agent finds its server in a pool, and keeps it when the registrars have gone. */
public class PoolUserIT extends ServerTest {
  private static final Path ETC = Path.of(System.getProperty("karaf.base", ".")).resolve("etc");
  private static final List<String> FEATURES =
      List.of(
          "leasehold-transport-tcp",
          "leasehold-security-tls",
          "leasehold-relay",
          "leasehold-pool-user");
  private static final int SERVER_PORT = 20548;
  private static final int REGISTRAR_PORT = 20864;
  private static final long PATIENCE_MILLIS = 300;
  private static final int HANDLE_RESOLUTION = 5;

  private final MemoryLink link = new MemoryLink();

  @Test
  public void aServerIsFoundInAPoolAndKeptWithoutRegistrars() throws Exception {
    ServiceRegistration<Transport> clients =
        context.registerService(
            Transport.class,
            link,
            new Hashtable<>(Map.of("service.ranking", -100, "leasehold.name", "memory-link")));
    configure();
    for (String feature : FEATURES) {
      install(feature);
    }
    await("the relay agent follows the pool", () -> link.isBound() && isKnown("UNKNOWN"));
    assertNull(ask());

    Registrar registrar = new Registrar();
    await("the pool is known", () -> isKnown("CURRENT"));
    await("clients are served by its member", () -> ask() != null);
    PoolView view = view();
    assertEquals("client-hash", view.policy());
    assertEquals(SERVER_PORT, view.members().get(0).port());
    assertEquals(true, view.assurance().covers(Assurance.PRIVATE));

    registrar.close();
    await("the registrar is missed", () -> isKnown("STALE"));
    await("clients are served all the same", () -> ask() != null);

    Bundle user = bundle("io.leasehold.pool.user").orElseThrow();
    user.stop();
    user.start();
    await("the pool is known from the disk", () -> isKnown("STALE"));
    await("clients are served after a restart in the outage", () -> ask() != null);

    registrar = new Registrar();
    await("the registrar is found again", () -> isKnown("CURRENT"));
    await("clients are served on", () -> ask() != null);
    registrar.close();
    clients.unregister();
  }

  private Bytes ask() throws Exception {
    return link.ask(solicit(duid()), PATIENCE_MILLIS);
  }

  private boolean isKnown(String state) {
    return service(PoolUserControl.class).stream()
        .flatMap(user -> user.views().stream())
        .anyMatch(each -> each.state().name().equals(state));
  }

  private PoolView view() {
    return service(PoolUserControl.class).orElseThrow().views().get(0);
  }

  /** Names one member whatever it is asked for (RFC 5352 section 2.2.6). */
  private final class Registrar implements SessionUser {
    private final Set<HopSession> sessions = ConcurrentHashMap.newKeySet();
    private final Listening listening;

    Registrar() throws Exception {
      ListenSpec place =
          new ListenSpec(
              Application.ASAP,
              List.of("::1"),
              REGISTRAR_PORT,
              "stream",
              PeerSelector.anyOf(PeerRole.POOL_USER),
              HopLimits.USUAL,
              false);
      listening = new Listening(context, place, this);
    }

    @Override
    public void opened(HopSession session) {
      sessions.add(session);
    }

    @Override
    public void message(HopSession session, Bytes message) {
      if (message.at(0) == HANDLE_RESOLUTION) {
        session.send(response());
      }
    }

    @Override
    public void ended(HopSession session, String why) {
      sessions.remove(session);
    }

    void close() {
      listening.close();
      sessions.forEach(HopSession::close);
    }
  }

  private static Bytes response() {
    ByteWriter out = new ByteWriter(112);
    out.u8(0x06).u8(0x01).u16(112); // HANDLE_RESOLUTION_RESPONSE, updates will come
    out.u16(0x9).u16(14).bytes(Bytes.ofUtf8("dhcp6-core")).zeros(2); // Pool Handle
    out.u16(0x8).u16(24).u32(0x8000_3074L).zeros(16); // Policy of the pool: client hash
    out.u16(0xa).u16(68).u32(0x0a0b_0c0dL).u32(0x1111_1111L).u32(300); // Pool Element
    out.u16(0x5).u16(28).u16(SERVER_PORT).u16(0); // TCP Transport
    out.u16(0x2).u16(20).ipv6(Ipv6.ofText("::1")); // IPv6 Address
    out.u16(0x8).u16(24).u32(0x8000_3074L).u32(1).u32(1).u32(200).u32(0); // group, weight, rank
    return out.toBytes();
  }

  private static void configure() throws IOException {
    Path keys = ETC.resolve("keys");
    Files.createDirectories(keys);
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwx------"));
    Path key = keys.resolve("pool.psk");
    Files.writeString(key, "5a".repeat(32));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    write(
        "security.credential-pool", "kind = psk\nidentity = pool#1\nsecret = file:keys/pool.psk\n");
    // All ends are in this container, and share one directory of peers.
    write("security.peer-loop", "roles = relay server enrp-server pool-user\npsk = pool\n");
    write("security.channel-stream", "provider = tls-psk\ncredential = pool\n");
    write(
        "server",
        """
        interfaces = lo
        port = 20547
        relay.policy = protected
        listen = tls://[::1]:%s?channel=stream&family=v6
        """
            .formatted(SERVER_PORT));
    write(
        "pool.user",
        """
        registrars = tls://[::1]:%s
        channel = stream
        request.seconds = 1
        stale.seconds = 1
        hunt.seconds = 1
        """
            .formatted(REGISTRAR_PORT));
    write(
        "relay-pooled",
        """
        interfaces = %s
        link.address = 2001:db8:1::1
        upstream = pool:dhcp6-core?channel=stream
        transport.target = (leasehold.name=memory-link)
        """
            .formatted(MemoryLink.INTERFACE));
  }

  /** Written whole under another name first: the directory is watched. */
  private static void write(String name, String text) throws IOException {
    Path file = ETC.resolve("io.leasehold." + name + ".cfg");
    Path unfinished = ETC.resolve("io.leasehold." + name + ".new");
    Files.writeString(unfinished, text);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
