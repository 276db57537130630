// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.Lease;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;

/** A command about the leases that its argument names. */
abstract class NamedLeases extends OfFamily {
  @Argument(
      name = "address|prefix|client",
      description =
          "An address, a delegated prefix, or a DUID, client identifier or hardware address in hex",
      required = true,
      multiValued = true)
  @Completion(LeaseCompleter.class)
  List<String> words = List.of();

  /** The leases; never none. */
  final List<Lease> leases() throws CommandFailure {
    String named = argument(words);
    return LeaseTarget.find(ledger(), named, family());
  }
}
