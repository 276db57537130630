// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import java.io.IOException;

/** Fetches the documents that {@code <?include "name"?>} asks for. */
@FunctionalInterface
public interface Includes {
  /** Fetches nothing. */
  Includes NONE =
      (from, name) -> {
        throw new IOException("documents are not included here");
      };

  /**
   * The document. Called in the thread that compiles; may block.
   *
   * @param from name of the document that asks
   * @param name what it asks for
   * @throws IOException if there is no such document; its message ends a sentence that starts with
   *     the name
   */
  Document fetch(String from, String name) throws IOException;
}
