// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes events that operators must be able to prove later. May be called from any thread; never
 * blocks.
 */
@ProviderType
public interface AuditSink {
  /**
   * Notes an event.
   *
   * @param kind in kebab case, for example {@code handshake-failed}
   * @param subject whom it is about; comes from outside and is made harmless before it is written
   * @param detail one sentence without secrets
   */
  void event(String kind, String subject, String detail);
}
