// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import java.util.List;

/**
 * What classes have to do with a link, a subnet or a pool.
 *
 * @param guard who may use it
 * @param additional numbers of classes that are looked at for clients that got something of it, in
 *     this order
 */
public record ClassTerms(ClassGuard guard, List<Integer> additional) {
  /** Nothing. */
  public static final ClassTerms NONE = new ClassTerms(ClassGuard.EVERYBODY, List.of());

  /** Copies the list. */
  public ClassTerms {
    additional = List.copyOf(additional);
  }
}
