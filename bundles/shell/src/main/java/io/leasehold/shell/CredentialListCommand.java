// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.security.CredentialStatus;
import io.leasehold.security.CredentialStore;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists certificates, pre-shared keys and trust anchors, and why one cannot be used. */
@Service
@Command(
    scope = "dhcp",
    name = "credential-list",
    description =
        "Lists certificates, pre-shared keys and trust anchors, and why one cannot be used",
    detailedDescription = "No secret is shown. Example: dhcp:credential-list")
public final class CredentialListCommand extends DhcpCommand {

  @Override
  void run() throws CommandFailure {
    CredentialStore store =
        installed(CredentialStore.class, "security", "leasehold-security").get(0);
    Rows rows = new Rows("credential", "kind", "usable", "detail", "not after", "last used");
    for (CredentialStatus each : store.status()) {
      rows.add(
          each.name(), each.kind(), each.usable(), each.detail(), each.notAfter(), each.lastUsed());
    }
    rows.print(out, json, "no credential is configured");
  }
}
