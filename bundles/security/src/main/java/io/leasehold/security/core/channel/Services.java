// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.channel;

import io.leasehold.security.AuditSink;
import io.leasehold.security.CredentialStore;
import io.leasehold.security.PeerDirectory;
import io.leasehold.security.SecurityServices;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** What providers are given. */
public record Services(
    CredentialStore credentials,
    PeerDirectory peers,
    AuditSink audit,
    SecureRandom random,
    InstantSource clock,
    LongSupplier nanos)
    implements SecurityServices {}
