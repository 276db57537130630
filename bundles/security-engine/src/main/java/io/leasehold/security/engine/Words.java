// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.Sanitizer;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bouncycastle.tls.AlertDescription;

/** Says in one line what ended a handshake, and what helps. */
final class Words {
  private static final int MAX_NAME = 96;

  private Words() {}

  static String failure(Handshake handshake, String otherwise) {
    if (!handshake.refusal().isEmpty()) {
      return handshake.refusal();
    }
    if (handshake.received() >= 0) {
      return byPeer(handshake, handshake.received());
    }
    if (handshake.raised() >= 0) {
      return byUs(handshake, handshake.raised());
    }
    return otherwise;
  }

  static String notExpected(Peer peer, PeerSelector expected) {
    return expected.peerId().filter(id -> !id.equals(peer.id())).isPresent()
        ? "the peer is '%s', expected is '%s'; connect to the right one, or name it in peer="
            .formatted(peer.id(), expected.peerId().get())
        : "peer '%s' has none of the roles %s; add one to its roles in %s"
            .formatted(peer.id(), roles(expected), peerFile(peer.id()));
  }

  /** A name from outside, made harmless and short enough to leave room for what is said of it. */
  static String shown(String name) {
    String line = Sanitizer.line(name);
    return line.length() <= MAX_NAME ? line : line.substring(0, MAX_NAME) + "...";
  }

  static String roles(PeerSelector expected) {
    return expected.roles().stream().map(PeerRole::word).sorted().collect(Collectors.joining(", "));
  }

  static String peerFile(String id) {
    return "etc/io.leasehold.security.peer-" + id + ".cfg";
  }

  static String credentialFile(String name) {
    return "etc/io.leasehold.security.credential-" + name + ".cfg";
  }

  private static String byPeer(Handshake handshake, short alert) {
    String name = AlertDescription.getName(alert);
    return switch (alert) {
      case AlertDescription.decrypt_error,
          AlertDescription.bad_record_mac,
          AlertDescription.illegal_parameter,
          AlertDescription.unknown_psk_identity ->
          "the peer refused our proof (%s); compare the key and its identity on both ends"
              .formatted(name);
      case AlertDescription.unknown_ca ->
          "the peer does not trust the issuer of our certificate (%s); give it our anchor"
              .formatted(name);
      case AlertDescription.bad_certificate,
          AlertDescription.unsupported_certificate,
          AlertDescription.certificate_unknown,
          AlertDescription.certificate_revoked,
          AlertDescription.certificate_expired ->
          "the peer refused our certificate (%s); its log says why".formatted(name);
      case AlertDescription.certificate_required ->
          "the peer wants a certificate (%s), and none of ours has a signature that it accepts"
              .formatted(name);
      case AlertDescription.access_denied ->
          "the peer knows us, and does not let us in (%s); give us a role in its peer directory"
              .formatted(name);
      case AlertDescription.no_application_protocol ->
          "the peer does not speak '%s' there (%s); check address and port"
              .formatted(handshake.expected().protocolName(), name);
      case AlertDescription.protocol_version ->
          "the peer accepts no version of ours (%s); here it is %s"
              .formatted(name, versions(handshake));
      case AlertDescription.handshake_failure, AlertDescription.insufficient_security ->
          "the peer found no suite, group or signature in common (%s); here pq is %s"
              .formatted(name, pq(handshake));
      default -> "the peer ended the channel (%s); its log says why".formatted(name);
    };
  }

  private static String byUs(Handshake handshake, short alert) {
    String name = AlertDescription.getName(alert);
    return switch (alert) {
      case AlertDescription.protocol_version ->
          "the peer has no version that is accepted here (%s); accepted is %s"
              .formatted(name, versions(handshake));
      case AlertDescription.handshake_failure, AlertDescription.insufficient_security ->
          "no suite, group or signature in common with the peer (%s); here pq is %s"
              .formatted(name, pq(handshake));
      case AlertDescription.decrypt_error, AlertDescription.bad_record_mac ->
          "the peer's proof is wrong or an octet was changed on the way (%s)".formatted(name);
      case AlertDescription.no_application_protocol ->
          "the peer speaks other things than '%s' (%s); check address and port at its end"
              .formatted(handshake.expected().protocolName(), name);
      case AlertDescription.internal_error ->
          "the handshake cannot be done as the peer wants it (%s)".formatted(name);
      default ->
          "the peer%s does not keep to the protocol (%s); perhaps it speaks something else"
              .formatted(handshake.role() == HandshakeRole.SERVER ? " that connected" : "", name);
    };
  }

  private static String versions(Handshake handshake) {
    Rules rules = handshake.rules();
    if (!rules.isStream()) {
      return "DTLS 1.2";
    }
    return rules.has12() ? "TLS 1.2 and 1.3" : "TLS 1.3; min.version = 1.2 accepts older peers";
  }

  private static String pq(Handshake handshake) {
    return handshake.profile().pq().name().toLowerCase(Locale.ROOT);
  }
}
