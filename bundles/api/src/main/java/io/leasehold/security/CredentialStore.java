// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import io.leasehold.net.Bytes;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Credentials that are configured and usable. May be used from any thread. */
@ProviderType
public interface CredentialStore {
  /** The present version of a credential; empty if there is none or it cannot be used. */
  Optional<Credential> credential(String name);

  /**
   * The pre-shared key of an identity. Looks at all of them in the same time, found or not.
   *
   * @param identity as the peer sent it
   */
  Optional<Credential.PreSharedKey> preSharedKey(Bytes identity);

  /** All that are configured. */
  List<CredentialStatus> status();

  /** Remembers that a channel was established with a credential. */
  void used(String name);

  /** Says when credentials came, changed or went. Called on any thread; must not block. */
  AutoCloseable onChange(Runnable listener);
}
