// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import java.util.List;
import java.util.Optional;

/** Where commands find the services they ask; each may be absent, because bundles come and go. */
public interface Services extends AutoCloseable {
  /** The best service of a type. */
  <T> Optional<T> find(Class<T> type);

  /** Every service of a type, best first. */
  <T> List<T> all(Class<T> type);

  /** Gives back what was found. */
  @Override
  default void close() {}

  /** Where services are found. */
  interface Lookup {
    /** For one command; to be closed after it. */
    Services open();
  }
}
