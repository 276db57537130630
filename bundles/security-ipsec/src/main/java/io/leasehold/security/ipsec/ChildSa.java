// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A pair of security associations of the kernel, as the IKE daemon lists it.
 *
 * @param state {@code INSTALLED} if both are in the kernel
 * @param mode {@code TRANSPORT} or another
 * @param protocol {@code ESP} or {@code AH}
 * @param encryption algorithm
 * @param encryptionBits of its key; empty if it has only one length
 * @param integrity algorithm; empty if encryption is combined with it
 * @param group of the key exchange of its own; empty if there was none
 * @param local selectors of our end
 * @param remote selectors of the other end
 */
record ChildSa(
    String state,
    String mode,
    String protocol,
    String encryption,
    String encryptionBits,
    String integrity,
    String group,
    List<TrafficSelector> local,
    List<TrafficSelector> remote) {
  /** RFC 8221 sections 5 and 6: no NULL, no DES, nothing with blocks of 64 bits. */
  private static final Set<String> COMBINED =
      Set.of(
          "AES_GCM_16",
          "AES_GCM_12",
          "AES_GCM_8",
          "AES_CCM_16",
          "AES_CCM_12",
          "AES_CCM_8",
          "CHACHA20_POLY1305");

  private static final Set<String> SEPARATE =
      Set.of("AES_CBC", "AES_CTR", "CAMELLIA_CBC", "CAMELLIA_CTR");
  private static final Set<String> INSTALLED =
      Set.of("INSTALLED", "UPDATING", "REKEYING", "REKEYED");

  static ChildSa of(ViciMessage section) {
    return new ChildSa(
        section.value("state"),
        section.value("mode"),
        section.value("protocol"),
        section.value("encr-alg"),
        section.value("encr-keysize"),
        section.value("integ-alg"),
        section.value("dh-group"),
        selectors(section.list("local-ts")),
        selectors(section.list("remote-ts")));
  }

  static List<TrafficSelector> selectors(List<String> texts) {
    return texts.stream().map(TrafficSelector::parse).flatMap(Optional::stream).toList();
  }

  boolean isInstalled() {
    return INSTALLED.contains(state);
  }

  /** Why it does not protect as RFC 8213 section 3 asks; empty if it does. */
  String weakness() {
    if (!mode.equals("TRANSPORT")) {
      return "the SA is in mode " + mode + " and not TRANSPORT";
    }
    if (!protocol.equals("ESP")) {
      return "the SA is " + protocol + " and not ESP";
    }
    if (COMBINED.contains(encryption)) {
      return "";
    }
    if (!SEPARATE.contains(encryption)) {
      return "the SA encrypts with '" + encryption + "'; accepted are AES, ChaCha20 and Camellia";
    }
    return integrity.isEmpty() || integrity.equals("NONE") ? "the SA has no integrity" : "";
  }

  /** Whether it is for datagrams between these ends, both ways. */
  boolean covers(Hop hop) {
    return local.stream().anyMatch(each -> each.covers(hop.local(), hop.localPort()))
        && remote.stream().anyMatch(each -> each.covers(hop.remote(), hop.remotePort()));
  }

  /** The algorithm as people know it, {@code AES_GCM_16-256} for example. */
  String suite() {
    String cipher = encryptionBits.isEmpty() ? encryption : encryption + "-" + encryptionBits;
    return integrity.isEmpty() ? cipher : cipher + "/" + integrity;
  }
}
