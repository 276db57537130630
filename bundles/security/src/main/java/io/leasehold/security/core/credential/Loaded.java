// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import io.leasehold.net.Bytes;
import io.leasehold.security.Credential;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A credential that was read.
 *
 * @param credential itself
 * @param content what tells two versions apart: a digest of everything, secrets too
 * @param detail for people
 * @param notAfter when it ends, if it does
 * @param remarks what is not wrong, but should be known
 */
record Loaded(
    Credential credential,
    Bytes content,
    String detail,
    Optional<Instant> notAfter,
    List<String> remarks) {}
