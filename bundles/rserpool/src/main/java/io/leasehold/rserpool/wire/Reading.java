// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was noticed of a message while it is read. One thread. */
final class Reading {
  private static final long NONE = -1;

  PoolHandle handle;
  long element = NONE;

  private final List<ErrorCause> reports = new ArrayList<>(0);

  /** What is left of the largest message of either protocol. */
  private int room = PoolMessage.MAX_LENGTH - MessageWriter.ENRP_HEADER - Parameter.HEADER_LENGTH;

  /** Whom the message is about, as far as it was read. */
  Optional<ElementKey> subject() {
    return handle == null || element == NONE
        ? Optional.empty()
        : Optional.of(new ElementKey(handle, element));
  }

  /** A cause for the report; what no message could carry is left out, a single one is cut. */
  void report(ErrorCause cause) {
    int needed = Tlv.padded(cause.length());
    if (needed <= room) {
      reports.add(cause);
      room -= needed;
    } else if (reports.isEmpty()) {
      Bytes part = cause.information().slice(0, (room & ~3) - Parameter.HEADER_LENGTH);
      reports.add(ErrorCause.of(cause.code(), part));
      room = 0;
    }
  }

  List<ErrorCause> reports() {
    return List.copyOf(reports);
  }
}
