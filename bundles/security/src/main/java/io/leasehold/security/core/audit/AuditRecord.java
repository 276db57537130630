// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.audit;

import java.time.Instant;

/**
 * An event; all of it is harmless by now.
 *
 * @param time when it came
 * @param kind of event
 * @param subject whom it is about
 * @param detail a sentence
 * @param leftOut events of this kind that were left out before it
 */
record AuditRecord(Instant time, String kind, String subject, String detail, long leftOut) {
  /** The line in JSON, without its end. */
  String json(long number, String before) {
    return "{\"n\":%d,\"time\":\"%s\",\"kind\":%s,\"subject\":%s,\"detail\":%s%s,\"prev\":\"%s\"}"
        .formatted(
            number,
            time,
            quoted(kind),
            quoted(subject),
            quoted(detail),
            leftOut == 0 ? "" : ",\"left-out\":" + leftOut,
            before);
  }

  /** Control characters are gone already. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public String toString() {
    return kind
        + " "
        + subject
        + (detail.isEmpty() ? "" : ": " + detail)
        + (leftOut == 0 ? "" : " (" + leftOut + " before it left out)");
  }
}
