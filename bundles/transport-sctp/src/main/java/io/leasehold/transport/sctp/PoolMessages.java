// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import io.leasehold.hop.Application;
import io.leasehold.hop.Framing;
import io.leasehold.net.Bytes;
import java.nio.ByteBuffer;
import java.util.Map;

/** Messages of ASAP and ENRP as they go over SCTP: each with its padding is one user message. */
final class PoolMessages {
  /** Octets of the largest message with its padding. */
  static final int MOST_OCTETS = 0x1_0000;

  private static final int HEADER_OCTETS = 4;
  private static final int LENGTH_AT = 2;

  /** RFC 5352 section 5, RFC 5353 section 5.2. */
  private static final Map<Application, Integer> PROTOCOLS =
      Map.of(Application.ASAP, 11, Application.ENRP, 12);

  private PoolMessages() {}

  /**
   * The payload protocol identifier of an application.
   *
   * @throws IllegalArgumentException if it has none, and so does not go over SCTP
   */
  static int protocol(Application application) {
    Integer protocol = PROTOCOLS.get(application);
    if (protocol == null || application.framing() != Framing.LENGTH_WITHIN) {
      throw new IllegalArgumentException(
          application.protocolName() + " does not go over SCTP; use tls://");
    }
    return protocol;
  }

  /** Whether a message can be sent: it is as long as it says, with or without its padding. */
  static boolean fits(Bytes message) {
    return message.length() >= HEADER_OCTETS
        && told(message) >= HEADER_OCTETS
        && (message.length() == told(message) || message.length() == padded(told(message)));
  }

  /** A message with its padding (RFC 5354 section 4). */
  static ByteBuffer framed(Bytes message) {
    ByteBuffer frame = ByteBuffer.allocate(padded(message.length()));
    message.putInto(frame);
    return frame.rewind();
  }

  /**
   * A message without its padding; null if what came is not as long as it says.
   *
   * @param userMessage with all of its padding, or none, or some
   */
  static Bytes unframed(Bytes userMessage) {
    if (userMessage.length() < HEADER_OCTETS) {
      return null;
    }
    int told = told(userMessage);
    boolean is =
        told >= HEADER_OCTETS
            && userMessage.length() >= told
            && userMessage.length() <= padded(told);
    return is ? userMessage.slice(0, told) : null;
  }

  private static int told(Bytes message) {
    return message.u16(LENGTH_AT);
  }

  private static int padded(int octets) {
    return octets + 3 & ~3;
  }
}
