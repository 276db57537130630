// SPDX-License-Identifier: Apache-2.0
package io.leasehold.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.leasehold.codec.ByteWriter;
import io.leasehold.hop.Application;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionUser;
import io.leasehold.net.Bytes;
import io.leasehold.pool.PoolElementControl;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolRegistration;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** A server is in its pool as long as it is ready, whatever becomes of registrars. */
public class PoolElementIT extends ServerTest {
  private static final Path ETC = Path.of(System.getProperty("karaf.base", ".")).resolve("etc");
  private static final List<String> FEATURES =
      List.of("leasehold-transport-tcp", "leasehold-security-tls", "leasehold-pool-element");
  private static final int REGISTRAR_PORT = 20865;
  private static final int REGISTRATION = 1;
  private static final int DEREGISTRATION = 2;
  private static final PoolHandle POOL = PoolHandle.ofText("dhcp6-core");

  @Test
  public void aServerIsInItsPoolAsLongAsItIsReady() throws Exception {
    configure();
    for (String feature : FEATURES) {
      install(feature);
    }
    await("the server is ready", this::ready);
    await("it looks for a registrar", () -> is("REGISTERING"));

    Registrar registrar = new Registrar();
    await("it is in its pool", () -> is("REGISTERED"));
    long id = registration().member().id();
    assertEquals(200, registration().member().rank());

    Bundle server = bundle("io.leasehold.server").orElseThrow();
    server.stop();
    await("a server that has gone leaves", () -> is("NOT_READY"));
    assertEquals(1, registrar.deregistrations.get());
    server.start();
    await("and joins when it is back", () -> is("REGISTERED"));

    String said = control().drain(POOL).toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertTrue(said, said.contains("30 s"));
    assertTrue(is("DRAINED"));
    control().rejoin(POOL);
    await("an operator brings it back", () -> is("REGISTERED"));

    registrar.close();
    await("the registrar is missed", () -> is("REGISTERING"));
    registrar = new Registrar();
    await("and found again", () -> is("REGISTERED"));

    Bundle element = bundle("io.leasehold.pool.element").orElseThrow();
    int before = registrar.deregistrations.get();
    element.stop();
    assertEquals("what stops leaves first", before + 1, registrar.deregistrations.get());
    element.start();
    await("it is back in its pool", () -> is("REGISTERED"));
    assertEquals("in its own place", id, registration().member().id());
    registrar.close();
  }

  private PoolElementControl control() {
    return service(PoolElementControl.class).orElseThrow();
  }

  private PoolRegistration registration() {
    return control().registrations().get(0);
  }

  private boolean is(String state) {
    return service(PoolElementControl.class).stream()
        .flatMap(element -> element.registrations().stream())
        .anyMatch(each -> each.state().name().equals(state));
  }

  /** Accepts whatever comes (RFC 5352 sections 2.2.3 and 2.2.4). */
  private final class Registrar implements SessionUser {
    private final Set<HopSession> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicInteger deregistrations = new AtomicInteger();
    private final Listening listening;

    Registrar() throws Exception {
      ListenSpec place =
          new ListenSpec(
              Application.ASAP,
              List.of("::1"),
              REGISTRAR_PORT,
              "stream",
              PeerSelector.anyOf(PeerRole.POOL_ELEMENT),
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
      if (message.at(0) == REGISTRATION) {
        // header, Pool Handle of 16 octets, header of Pool Element
        session.send(response(0x03, message.slice(4, 20), message.slice(24, 28)));
      } else if (message.at(0) == DEREGISTRATION) {
        deregistrations.incrementAndGet();
        session.send(response(0x04, message.slice(4, 20), message.slice(24, 28)));
      }
    }

    private Bytes response(int type, Bytes handle, Bytes identifier) {
      ByteWriter out = new ByteWriter(28);
      out.u8(type).u8(0).u16(28).bytes(handle).u16(0xe).u16(8).bytes(identifier);
      return out.toBytes();
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

  private static void configure() throws IOException {
    Path keys = ETC.resolve("keys");
    Files.createDirectories(keys);
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwx------"));
    Path key = keys.resolve("pool.psk");
    Files.writeString(key, "5a".repeat(32));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    write(
        "security.credential-pool", "kind = psk\nidentity = pool#1\nsecret = file:keys/pool.psk\n");
    // Both ends are in this container, and share one directory of peers.
    write("security.peer-loop", "roles = enrp-server pool-element\npools = dhcp6-*\npsk = pool\n");
    write("security.channel-stream", "provider = tls-psk\ncredential = pool\n");
    write(
        "pool.element-core",
        """
        pools = dhcp6-core
        group = 7
        address = ::1
        registrars = tls://[::1]:%s
        channel = stream
        hunt.seconds = 1
        hunt.most.seconds = 1
        """
            .formatted(REGISTRAR_PORT));
  }

  /** Written whole under another name first: the directory is watched. */
  private static void write(String name, String text) throws IOException {
    Path file = ETC.resolve("io.leasehold." + name + ".cfg");
    Path unfinished = ETC.resolve("io.leasehold." + name + ".new");
    Files.writeString(unfinished, text);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
