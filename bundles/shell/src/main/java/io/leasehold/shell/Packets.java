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
import java.util.List;
import java.util.Map;

/** Packets as users write them and read them. */
final class Packets {
  private static final int MOST_OCTETS = 65_527;

  /** Octets of a DHCPv4 message in front of its magic cookie, which 99, 130, 83, 99 are. */
  private static final int COOKIE_AT = 236;

  private static final long COOKIE = 0x6382_5363L;

  private Packets() {}

  /**
   * The packet in hex, or in a file.
   *
   * @param parts the hex; empty if there is a file
   */
  static Bytes read(List<String> parts, String fileOrNull) throws CommandFailure {
    if ((fileOrNull == null) == parts.isEmpty()) {
      throw new CommandFailure("give the message either in hex or with --file FILE");
    }
    Bytes packet =
        fileOrNull == null ? octets(String.join("", parts)) : content(Path.of(fileOrNull));
    if (packet.isEmpty() || packet.length() > MOST_OCTETS) {
      throw new CommandFailure(
          "a packet has 1 to " + MOST_OCTETS + " octets, not " + packet.length());
    }
    return packet;
  }

  /** Of which protocol a packet is, if the user does not say it. */
  static Family family(Bytes packet, boolean v6, boolean v4) throws CommandFailure {
    if (v6 && v4) {
      throw new CommandFailure("a message is one of DHCPv6 or of DHCPv4: give --v6 or --v4");
    }
    return v4 || !v6 && looksLikeDhcp4(packet) ? Family.IPV4 : Family.IPV6;
  }

  /** Whether it begins as a request or a reply and has the cookie of RFC 2131 section 3. */
  private static boolean looksLikeDhcp4(Bytes packet) {
    return packet.length() >= COOKIE_AT + Integer.BYTES
        && (packet.at(0) == Dhcp4Message.BOOT_REQUEST || packet.at(0) == Dhcp4Message.BOOT_REPLY)
        && packet.u32(COOKIE_AT) == COOKIE;
  }

  /** The options of the plan in force; without a server, the standard ones and those of bundles. */
  static OptionCatalogue catalogue(Services services) {
    return services.all(PlanControl.class).stream()
        .findFirst()
        .map(PlanControl::catalogue)
        .orElseGet(() -> withoutServer(services));
  }

  private static OptionCatalogue withoutServer(Services services) {
    List<OptionDefinition> others =
        services.all(OptionDefinitionProvider.class).stream()
            .flatMap(provider -> provider.definitions().stream())
            .toList();
    return StandardOptions.CATALOGUE.with(others).catalogue();
  }

  /** What is in a packet, for programs. */
  static Map<String, Object> tree(Bytes packet, Family family, OptionCatalogue catalogue) {
    return family == Family.IPV4
        ? new Dhcp4Description(catalogue).describe(packet)
        : new Dhcp6Description(catalogue).describe(packet);
  }

  /** What is in a packet, for people. */
  static String text(Bytes packet, Family family, OptionCatalogue catalogue) {
    return family == Family.IPV4
        ? new Dhcp4MessageText(catalogue).describe(packet)
        : new Dhcp6MessageText(catalogue).describe(packet);
  }

  private static Bytes content(Path file) throws CommandFailure {
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
}
