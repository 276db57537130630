// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.config;

import io.leasehold.configuration.Keys;
import io.leasehold.failover.lease.Role;
import io.leasehold.hop.HopUri;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code etc/io.leasehold.failover-NAME.cfg}: all mistakes at once. Without such a file there
 * is no failover, and without {@code insecure} none in clear (RFC 7653 section 9.1).
 */
public final class FailoverFile {
  private static final int DAY_SECONDS = 86_400;
  private static final int HOUR_SECONDS = 3600;

  /** Leases are not shorter than this (RFC 8156 section 1), so nothing else makes them so. */
  private static final int LEAST_MCLT_SECONDS = 30;

  private static final String PARTNER =
      "tls://[2001:db8::2], or tcp:// in clear, with the partner's address, and :PORT if it is not"
          + " 647";
  private static final String LISTEN =
      "tls://*, or tcp:// in clear as for the partner; an address or interface for *, and :PORT if"
          + " it is not 647";

  private final Keys keys;
  private final String instance;

  private FailoverFile(String instance, Keys keys) {
    this.instance = instance;
    this.keys = keys;
  }

  /** Whether a file asks for a relationship at all. */
  public static boolean isWanted(Map<String, ?> properties) {
    return Keys.of(properties).flag("enabled", true);
  }

  /**
   * Reads a file.
   *
   * @param instance what its name says
   * @throws IllegalArgumentException with everything that is wrong with it, a line each, with what
   *     is accepted
   */
  public static FailoverSettings read(String instance, Map<String, ?> properties) {
    Keys keys = Keys.of(properties);
    keys.flag("enabled", true);
    FailoverSettings settings = new FailoverFile(instance, keys).settings();
    List<String> problems = keys.problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return settings;
  }

  private FailoverSettings settings() {
    Role role = role();
    HopUri partner = partner();
    int pause = keys.number("connect.seconds", 5, 1, HOUR_SECONDS);
    return new FailoverSettings(
        keys.value("name", instance, "up to 255 octets without a zero", FailoverFile::name),
        role,
        partner,
        listen(role, partner),
        channel(),
        keys.text("peer", instance),
        keys.number("mclt.seconds", HOUR_SECONDS, LEAST_MCLT_SECONDS, 7 * DAY_SECONDS),
        keys.number("keepalive.seconds", 60, 1, HOUR_SECONDS),
        keys.number("contacts.per.keepalive", 4, 2, 60),
        keys.number("max.unacked", 400, 1, 4096),
        keys.number("startup.seconds", 30, 1, HOUR_SECONDS),
        keys.flag("commission.alone", false),
        pause,
        keys.number("connect.rejected.seconds", Math.max(60, pause), pause, DAY_SECONDS),
        keys.number("auto.partner.down.seconds", 0, 0, Integer.MAX_VALUE),
        keys.number("progress.seconds", 300, 10, DAY_SECONDS),
        keys.number("prefix.share.percent", 50, 1, 99),
        keys.number("prefix.threshold.percent", 10, 1, 100),
        keys.flag("prefix.fixed.length", false),
        keys.word("reconfigure.keys", "protected", "protected", "always").equals("always"),
        keys.flag("dhcp4", true));
  }

  private Role role() {
    if (!keys.has("role")) {
      keys.refuse("role is missing; accepted is primary or secondary, the partner is the other");
    }
    return keys.constant("role", Role.PRIMARY);
  }

  private String channel() {
    if (!keys.has("channel")) {
      keys.refuse(
          "channel is missing; accepted is the NAME of an"
              + " etc/io.leasehold.security.channel-NAME.cfg");
    }
    return keys.text("channel", "");
  }

  /** RFC 8156 section 5.5.14 limits it by the option alone; more than this is no name. */
  private static String name(String text) {
    if (text.indexOf('\0') >= 0 || Bytes.ofUtf8(text).length() > 255) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private HopUri partner() {
    HopUri partner = keys.value("partner", null, PARTNER, FailoverFile::stream);
    boolean isInsecureMeant = keys.flag("insecure", false);
    if (partner == null) {
      if (!keys.has("partner")) {
        keys.refuse("partner is missing; accepted is " + PARTNER);
      }
      return new HopUri("tls", "::", 0, Map.of());
    }
    if (!isUnicast(partner.host())) {
      keys.refuse("partner", keys.text("partner", ""), PARTNER);
    }
    if (partner.scheme().equals("tcp") && !isInsecureMeant) {
      keys.refuse(
          "partner = "
              + keys.text("partner", "")
              + ": nothing protects the connection; accepted is tls://, or say insecure = true");
    }
    return partner;
  }

  private static HopUri stream(String text) {
    HopUri uri = HopUri.parse(text);
    if (!uri.scheme().matches("tls|tcp") || !uri.parameters().isEmpty()) {
      throw new IllegalArgumentException(text);
    }
    return uri;
  }

  private static boolean isUnicast(String host) {
    try {
      Ipv6 address = Ipv6.ofText(host);
      return !address.isMulticast() && !address.equals(Ipv6.UNSPECIFIED);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private List<HopUri> listen(Role role, HopUri partner) {
    List<HopUri> places = keys.list("listen", LISTEN, FailoverFile::stream);
    if (role == Role.PRIMARY) {
      if (!places.isEmpty()) {
        keys.refuse("listen is for the secondary; a primary connects (RFC 8156 section 6.1)");
      }
      return List.of();
    }
    for (HopUri place : places) {
      if (!place.scheme().equals(partner.scheme())) {
        keys.refuse("listen", keys.text("listen", ""), LISTEN);
        break;
      }
    }
    return keys.has("listen") ? places : List.of(new HopUri(partner.scheme(), "*", 0, Map.of()));
  }
}
