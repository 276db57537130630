// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * Names that a certificate bears as subject alternative names (RFC 9525 section 6). The common name
 * is read nowhere. A name that is no name, with a NUL in it or a dot at its end, matches nothing.
 */
final class SubjectNames {
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
  private static final Pattern LABELS =
      Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");

  private static final int MAX_DNS = 253;

  private final List<String> dns = new ArrayList<>();
  private final List<Bytes> addresses = new ArrayList<>();
  private final List<String> uris = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();

  private SubjectNames() {}

  /** The names of a certificate; none if it has no such extension, or one that cannot be read. */
  static SubjectNames of(Extensions extensions) {
    SubjectNames names = new SubjectNames();
    try {
      GeneralNames general =
          extensions == null
              ? null
              : GeneralNames.fromExtensions(
                  extensions, org.bouncycastle.asn1.x509.Extension.subjectAlternativeName);
      if (general != null) {
        for (GeneralName name : general.getNames()) {
          names.add(name);
        }
      }
    } catch (RuntimeException e) {
      return new SubjectNames();
    }
    return names;
  }

  private void add(GeneralName name) {
    switch (name.getTagNo()) {
      case GeneralName.dNSName -> {
        String value = text(name);
        shown.add("dns:" + value);
        String lower = value.toLowerCase(Locale.ROOT);
        if (lower.length() <= MAX_DNS && LABELS.matcher(lower).matches() && !isAddress(lower)) {
          dns.add(lower);
        }
      }
      case GeneralName.iPAddress -> {
        Bytes octets = Bytes.copyOf(ASN1OctetString.getInstance(name.getName()).getOctets());
        shown.add("ip:" + addressText(octets));
        if (octets.length() == 4 || octets.length() == 16) {
          addresses.add(octets);
        }
      }
      case GeneralName.uniformResourceIdentifier -> {
        String value = text(name);
        shown.add("uri:" + value);
        uris.add(value);
      }
      default -> {
        // Names of other kinds name nobody here.
      }
    }
  }

  /** An address as a DNS name: top-level domains have letters. */
  private static boolean isAddress(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    return last.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String text(GeneralName name) {
    return new String(
        ASN1IA5String.getInstance(name.getName()).getOctets(), StandardCharsets.ISO_8859_1);
  }

  private static String addressText(Bytes octets) {
    return switch (octets.length()) {
      case 4 -> Ipv4.of(octets).toString();
      case 16 -> Ipv6.of(octets).toIpv6Text();
      default -> octets.toHex();
    };
  }

  /** Whether there is a name at all that could match. */
  boolean isEmpty() {
    return dns.isEmpty() && addresses.isEmpty() && uris.isEmpty();
  }

  /** Whether one of them is a name of the peer. */
  boolean matches(Peer peer) {
    return peer.names().stream().anyMatch(name -> matches(name, peer.wildcards()));
  }

  private boolean matches(PeerName name, boolean wildcards) {
    return switch (name.kind()) {
      case DNS -> {
        String wanted = name.value().toLowerCase(Locale.ROOT);
        yield dns.stream().anyMatch(bears -> matches(bears, wanted, wildcards));
      }
      case ADDRESS -> addresses.contains(octets(name.value()));
      case URI -> uris.contains(name.value());
    };
  }

  /** RFC 9525 section 6.3: a wildcard is the whole left-most label and stands for one label. */
  private static boolean matches(String bears, String wanted, boolean wildcards) {
    if (!bears.startsWith("*.")) {
      return bears.equals(wanted);
    }
    int dot = wanted.indexOf('.');
    String parent = bears.substring(2);
    return wildcards
        && dot > 0
        && parent.indexOf('.') > 0
        && wanted.substring(dot + 1).equals(parent);
  }

  private static Bytes octets(String address) {
    return address.indexOf(':') < 0
        ? Ipv4.ofText(address).bytes()
        : Ipv6.ofIpv6Text(address).bytes();
  }

  /** The names for people, made harmless. */
  @Override
  public String toString() {
    return shown.isEmpty() ? "no subject alternative name" : Words.shown(String.join(" ", shown));
  }
}
