// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.security.CredentialStatus;
import io.leasehold.security.CredentialStore;
import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes credentials that are pre-shared keys. */
@Service
public final class KeyCompleter extends Completing {
  @Override
  Collection<String> words(Services services) {
    return services
        .find(CredentialStore.class)
        .map(CredentialStore::status)
        .orElse(List.of())
        .stream()
        .filter(each -> each.kind().equals("psk"))
        .map(CredentialStatus::name)
        .toList();
  }
}
