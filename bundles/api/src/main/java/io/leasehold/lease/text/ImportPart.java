// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease.text;

import java.util.ArrayList;
import java.util.List;

/** Counts what belongs to a part of a report, and keeps the first of it. One thread. */
final class ImportPart {
  private final int most;
  private final List<String> first = new ArrayList<>();
  private long count;

  /** Keeps so many. */
  ImportPart(int most) {
    this.most = most;
  }

  void add(String file, long line, String what) {
    count++;
    if (first.size() < most) {
      first.add(file + ":" + line + ": " + what);
    }
  }

  ImportReport.Part report() {
    return new ImportReport.Part(count, first);
  }
}
