// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.osgi.annotation.versioning.ProviderType;

/** What providers are given. */
@ProviderType
public interface SecurityServices {
  /** Credentials. */
  CredentialStore credentials();

  /** Peers. */
  PeerDirectory peers();

  /** Where events worth keeping go. */
  AuditSink audit();

  /** Randomness for keys. */
  SecureRandom random();

  /** Wall clock, by which certificates are judged. */
  InstantSource clock();

  /** Clock of deadlines; never goes back. */
  LongSupplier nanos();
}
