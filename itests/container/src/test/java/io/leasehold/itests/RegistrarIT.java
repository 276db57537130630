// SPDX-License-Identifier: Apache-2.0
package io.leasehold.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.leasehold.net.Bytes;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.RegistrarControl;
import io.leasehold.security.Channels;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;
import org.osgi.framework.ServiceReference;

/** A registrar in its container, over real connections. */
public class RegistrarIT extends ContainerTest {
  private static final Path ETC = Path.of(System.getProperty("karaf.base", "."), "etc");
  private static final int TLS_PORT = 23864;
  private static final int CLEAR_PORT = 23863;
  private static final PoolHandle POOL = PoolHandle.ofText("dhcp4");

  /** Pool "dhcp4", element 0x0a0b0c0d at udp 127.0.0.1:67, for 300 s, round robin. */
  private static final Bytes REGISTRATION =
      Bytes.ofHex(
          "01000038000900096468637034000000000a00280a0b0c0d000000000000012c"
              + "0006001000430000000100087f0000010008000800000001");

  private static final String ACCEPTED = "03000018000900096468637034000000000e00080a0b0c0d";
  private static final Bytes RESOLUTION = Bytes.ofHex("0500000d000900096468637034000000");
  private static final String UNKNOWN = "06000018000900096468637034000000000c000800090004";

  @Test
  public void itIsSecureUntilItIsToldTwiceNotToBe() throws Exception {
    write("registrar", places("tls", TLS_PORT, 29902));
    install("leasehold-registrar");
    await("there is a registrar", () -> control().isPresent());
    await("it lacks a transport", () -> alarms().contains("install leasehold-transport-tcp"));
    assertTrue(control().orElseThrow().isSecure());

    install("leasehold-transport-tcp");
    install("leasehold-security-none");
    await("the transport is used", () -> !alarms().contains("install leasehold-transport-tcp"));
    assertTrue("nobody is heard before there is a channel", isSilent(TLS_PORT));

    write("registrar", places("tcp sctp", CLEAR_PORT, 29901) + "insecure = true\nchannel = lab\n");
    await(
        "it was told to be insecure", () -> control().map(each -> !each.isSecure()).orElse(false));
    assertTrue("and nobody acknowledged that", isSilent(CLEAR_PORT));
    assertEquals(List.of(), control().orElseThrow().pools());

    write("security", "protected.networks = 127.0.0.0/8 ::1/128\ninsecure.acknowledged = lab\n");
    write("security.channel-lab", "provider = none\n");
    await("it lacks SCTP", () -> alarms().contains("install leasehold-transport-sctp"));
    // Not by connecting: an address that connects too often is refused.
    await("the channel can be used", this::isUsable);
    elementsComeAndGo();
    install("leasehold-transport-sctp");
    // Whether this kernel has it or not: where not, the places say so, and TCP is not concerned.
    await("SCTP is used", () -> !alarms().contains("install leasehold-transport-sctp"));
    elementsComeAndGo();

    uninstall("leasehold-registrar");
    assertTrue("nobody listens", isSilent(CLEAR_PORT));
  }

  private void elementsComeAndGo() throws Exception {
    try (Socket user = connect(CLEAR_PORT)) {
      try (Socket element = connect(CLEAR_PORT)) {
        element.getOutputStream().write(REGISTRATION.toArray());
        assertEquals(ACCEPTED, answer(element));

        for (byte each : RESOLUTION.toArray()) {
          user.getOutputStream().write(each);
          user.getOutputStream().flush();
        }
        String named = answer(user);
        assertTrue(named, named.startsWith("06") && named.contains("0a0b0c0d"));
        List<RegistrarControl.Element> known = control().orElseThrow().elements(POOL);
        assertEquals(0x0a0b0c0dL, known.get(0).member().id());
        assertEquals(control().orElseThrow().serverId(), known.get(0).member().home());
      }
      await("who is gone is removed", () -> resolve(user).equals(UNKNOWN));
    }
    assertEquals(List.of(), control().orElseThrow().pools());
  }

  private static String resolve(Socket user) throws IOException {
    user.getOutputStream().write(RESOLUTION.toArray());
    return answer(user);
  }

  private static String answer(Socket from) throws IOException {
    InputStream in = from.getInputStream();
    Bytes header = Bytes.wrap(in.readNBytes(4));
    int left = ((header.u16(2) + 3) & ~3) - 4;
    return header.toHex() + Bytes.wrap(in.readNBytes(left)).toHex();
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(5000);
    return socket;
  }

  /** Whether a registration is not answered, because nobody listens or the connection is closed. */
  private static boolean isSilent(int port) throws IOException {
    try (Socket element = connect(port)) {
      element.getOutputStream().write(REGISTRATION.toArray());
      return element.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private Optional<RegistrarControl> control() {
    ServiceReference<RegistrarControl> reference =
        context.getServiceReference(RegistrarControl.class);
    return Optional.ofNullable(reference).map(context::getService);
  }

  private boolean isUsable() {
    ServiceReference<Channels> reference = context.getServiceReference(Channels.class);
    return context.getService(reference).status().stream()
        .anyMatch(each -> each.name().equals("lab") && each.health().usable());
  }

  private String alarms() {
    return control().map(each -> String.join("\n", each.alarms())).orElse("");
  }

  private static String places(String schemes, int asap, int enrp) {
    return places("asap", schemes, asap) + places("enrp", schemes, enrp);
  }

  private static String places(String key, String schemes, int port) {
    return Stream.of(schemes.split(" "))
        .map(each -> each + "://127.0.0.1:" + port)
        .collect(Collectors.joining(" ", key + " = ", "\n"));
  }

  /** Written whole under another name first: the directory is watched. */
  private static void write(String name, String text) throws IOException {
    Path file = ETC.resolve("io.leasehold." + name + ".cfg");
    Path unfinished = ETC.resolve("io.leasehold." + name + ".new");
    Files.writeString(unfinished, text);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
