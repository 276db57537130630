// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Family;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;

/** A command that can be asked about one family alone. */
abstract class OfFamily extends DhcpCommand {
  @Option(name = "--family", description = "Only what is of DHCPv6 (v6) or of DHCPv4 (v4)")
  @Completion(FamilyCompleter.class)
  String family;

  @Override
  boolean take(String option, String value) {
    boolean known = option.equals("--family");
    family = known ? value : family;
    return known;
  }

  /** The family that is asked about; empty for both. */
  final Optional<Family> family() throws CommandFailure {
    return Families.read(family);
  }
}
