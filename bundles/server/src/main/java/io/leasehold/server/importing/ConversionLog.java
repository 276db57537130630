// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.importing;

import io.leasehold.lease.text.DhcpdStatement;
import io.leasehold.server.PlanConversion.Entry;
import io.leasehold.server.PlanConversion.Outcome;
import java.util.ArrayList;
import java.util.List;

/** What became of each statement. Used by one thread. */
final class ConversionLog {
  private final List<Entry> entries = new ArrayList<>();

  void converted(String file, DhcpdStatement statement) {
    add(Outcome.CONVERTED, file, statement, "");
  }

  void changed(String file, DhcpdStatement statement, String how) {
    add(Outcome.CHANGED, file, statement, ": " + how);
  }

  void notConverted(String file, DhcpdStatement statement, String why) {
    add(Outcome.NOT_CONVERTED, file, statement, ": " + why);
  }

  private void add(Outcome outcome, String file, DhcpdStatement statement, String text) {
    entries.add(new Entry(outcome, file + ":" + statement.line(), statement.shown() + text));
  }

  List<Entry> entries() {
    return entries;
  }
}
