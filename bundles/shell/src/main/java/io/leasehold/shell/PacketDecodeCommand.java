// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionDefinitionProvider;
import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.codec.v4.Dhcp4Description;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageText;
import io.leasehold.codec.v6.Dhcp6Description;
import io.leasehold.codec.v6.Dhcp6MessageText;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.server.PlanControl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** Decodes a packet. */
@Service
@Command(
    scope = "dhcp",
    name = "packet-decode",
    description = "Decodes a DHCPv6 or DHCPv4 message and names what is wrong with it",
    detailedDescription =
        "Colons, spaces and line ends between the octets do not matter. A file holds hex or the"
            + " octets themselves. A message with DHCPv4's magic cookie in its place is one of DHCPv4"
            + " unless --v6 is given. Fails when the packet is malformed. Example: dhcp:packet-decode"
            + " 0b123456 0001000a00030001020000000001")
public final class PacketDecodeCommand extends DhcpCommand {
  /** The key under which a description says what is wrong. */
  private static final String MALFORMED = "malformed";

  private static final int MOST_OCTETS = 65_527;

  /** Octets of a DHCPv4 message in front of its magic cookie, which 99, 130, 83, 99 are. */
  private static final int COOKIE_AT = 236;

  private static final long COOKIE = 0x6382_5363L;

  @Argument(name = "hex", description = "The message in hex", multiValued = true)
  List<String> hex = List.of();

  @Option(name = "--file", description = "Reads the message from a file")
  @Completion(FileCompleter.class)
  String file;

  @Option(name = "--v6", description = "The message is one of DHCPv6")
  boolean v6;

  @Option(name = "--v4", description = "The message is one of DHCPv4 or BOOTP")
  boolean v4;

  @Override
  boolean raise(String flag) {
    v6 |= flag.equals("--v6");
    v4 |= flag.equals("--v4");
    return flag.equals("--v6") || flag.equals("--v4") || super.raise(flag);
  }

  @Override
  void run() throws CommandFailure {
    List<String> parts = arguments(hex);
    if ((file == null) == parts.isEmpty()) {
      throw new CommandFailure("give the message either in hex or with --file FILE");
    }
    Bytes packet = file == null ? octets(String.join("", parts)) : read(Path.of(file));
    if (packet.isEmpty() || packet.length() > MOST_OCTETS) {
      throw new CommandFailure(
          "a packet has 1 to " + MOST_OCTETS + " octets, not " + packet.length());
    }
    if (v6 && v4) {
      throw new CommandFailure("a message is one of DHCPv6 or of DHCPv4: give --v6 or --v4");
    }
    Map<String, Object> tree = print(packet, v4 || !v6 && looksLikeDhcp4(packet));
    Optional<Object> complaint = complaint(tree);
    if (complaint.isPresent()) {
      throw new CommandFailure("malformed: " + complaint.get());
    }
  }

  /** Prints a packet; returns its description. */
  private Map<String, Object> print(Bytes packet, boolean isDhcp4) {
    OptionCatalogue catalogue = catalogue();
    Map<String, Object> tree =
        isDhcp4
            ? new Dhcp4Description(catalogue).describe(packet)
            : new Dhcp6Description(catalogue).describe(packet);
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("family", Families.word(isDhcp4 ? Family.IPV4 : Family.IPV6));
      document.putAll(tree);
      out.println(Json.of(document));
    } else {
      out.print(
          isDhcp4
              ? new Dhcp4MessageText(catalogue).describe(packet)
              : new Dhcp6MessageText(catalogue).describe(packet));
    }
    return tree;
  }

  /** Whether it begins as a request or a reply and has the cookie of RFC 2131 section 3. */
  private static boolean looksLikeDhcp4(Bytes packet) {
    return packet.length() >= COOKIE_AT + Integer.BYTES
        && (packet.at(0) == Dhcp4Message.BOOT_REQUEST || packet.at(0) == Dhcp4Message.BOOT_REPLY)
        && packet.u32(COOKIE_AT) == COOKIE;
  }

  /** The options of the plan in force; without a server, the standard ones and those of bundles. */
  private OptionCatalogue catalogue() {
    return services.all(PlanControl.class).stream()
        .findFirst()
        .map(PlanControl::catalogue)
        .orElseGet(this::withoutServer);
  }

  private OptionCatalogue withoutServer() {
    List<OptionDefinition> others =
        services.all(OptionDefinitionProvider.class).stream()
            .flatMap(provider -> provider.definitions().stream())
            .toList();
    return StandardOptions.CATALOGUE.with(others).catalogue();
  }

  private static Bytes read(Path file) throws CommandFailure {
    byte[] content;
    try {
      if (Files.size(file) > 8L * MOST_OCTETS) {
        throw new CommandFailure(file + " is too large for a packet");
      }
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(file + " does not exist");
    } catch (IOException e) {
      throw new CommandFailure("cannot read " + file + ": " + e);
    }
    String text = new String(content, StandardCharsets.ISO_8859_1);
    boolean isHex = text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || isBetween(c));
    return isHex ? octets(text) : Bytes.wrap(content);
  }

  private static Bytes octets(String text) throws CommandFailure {
    StringBuilder digits = new StringBuilder();
    text.chars().filter(c -> !isBetween(c)).forEach(c -> digits.append((char) c));
    try {
      return Bytes.ofHex(digits.toString());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("this is not hex: " + e.getMessage());
    }
  }

  private static boolean isBetween(int c) {
    return c == ':' || Character.isWhitespace(c);
  }

  /** The first complaint anywhere in the description. */
  private static Optional<Object> complaint(Object node) {
    if (node instanceof Map<?, ?> map) {
      Object here = map.get(MALFORMED);
      return here == null ? complaint(map.values()) : Optional.of(here);
    }
    if (node instanceof Collection<?> parts) {
      return parts.stream()
          .map(PacketDecodeCommand::complaint)
          .flatMap(Optional::stream)
          .findFirst();
    }
    return Optional.empty();
  }
}
