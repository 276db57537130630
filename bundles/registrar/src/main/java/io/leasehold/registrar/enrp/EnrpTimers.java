// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import java.time.Duration;
import java.util.List;

/**
 * How long registrars wait for each other.
 *
 * @param heartbeat PEER-HEARTBEAT-CYCLE (RFC 5353 section 4.2)
 * @param lastHeard MAX-TIME-LAST-HEARD: how long one may be silent before it is asked; also how
 *     long a start waits for registrars that cannot be reached
 * @param noResponse MAX-TIME-NO-RESPONSE: how long it may take to answer
 * @param download after which a download is forgotten whose next page nobody asks for
 * @param pause before somebody is asked again who could not answer a start; longer than a download
 *     is remembered, or the next one would go on in the middle
 * @param patience how long two accounts may differ before one of them is read again: what is under
 *     way may settle it
 * @param resync between two downloads from the same registrar because accounts differ
 * @param reconnectFirst before a connection is tried for the second time
 * @param reconnectMost between two later tries
 */
public record EnrpTimers(
    Duration heartbeat,
    Duration lastHeard,
    Duration noResponse,
    Duration download,
    Duration pause,
    Duration patience,
    Duration resync,
    Duration reconnectFirst,
    Duration reconnectMost) {
  /** For DHCP, where a relay agent notices seconds. */
  public static final EnrpTimers DEFAULT = of(5, 11, 3);

  /** Those of RFC 5353 section 4.2. */
  public static final EnrpTimers STANDARD = of(30, 61, 5);

  /** Refuses times that are not positive, and a heart that beats too slowly to be heard. */
  public EnrpTimers {
    for (Duration each :
        List.of(
            heartbeat,
            lastHeard,
            noResponse,
            download,
            pause,
            patience,
            resync,
            reconnectFirst,
            reconnectMost)) {
      if (each.isNegative() || each.isZero()) {
        throw new IllegalArgumentException("times of registrars are positive, not " + each);
      }
    }
    if (lastHeard.compareTo(heartbeat) <= 0) {
      throw new IllegalArgumentException(
          "a registrar would be missed (%s) before its next heartbeat (%s); choose at least twice the heartbeat"
              .formatted(lastHeard, heartbeat));
    }
    if (pause.compareTo(download) <= 0) {
      throw new IllegalArgumentException(
          "a start would be tried again (%s) while its last download is remembered (%s)"
              .formatted(pause, download));
    }
  }

  /** With those of RFC 5353 section 4.2 in seconds, and our own for what it leaves open. */
  public static EnrpTimers of(int heartbeat, int lastHeard, int noResponse) {
    return new EnrpTimers(
        Duration.ofSeconds(heartbeat),
        Duration.ofSeconds(lastHeard),
        Duration.ofSeconds(noResponse),
        Duration.ofSeconds(5),
        Duration.ofSeconds(6),
        Duration.ofMillis(500),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.ofSeconds(30));
  }
}
