// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.net.Ipv4;
import java.util.Optional;

/**
 * The fixed fields of a DHCPv4 reply that tell a client what to boot (RFC 2131 section 2).
 *
 * @param nextServer siaddr
 * @param serverHostname sname
 * @param bootFileName file
 */
public record BootFields(
    Optional<Ipv4> nextServer, Optional<String> serverHostname, Optional<String> bootFileName) {
  /** Nothing to boot. */
  public static final BootFields NONE =
      new BootFields(Optional.empty(), Optional.empty(), Optional.empty());

  /** These fields, and those of {@code outer} that are not set here. */
  public BootFields over(BootFields outer) {
    if (this == NONE) {
      return outer;
    }
    return new BootFields(
        nextServer.or(outer::nextServer),
        serverHostname.or(outer::serverHostname),
        bootFileName.or(outer::bootFileName));
  }
}
