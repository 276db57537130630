// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.server.expression.Membership;
import java.util.List;

/**
 * Who may use a part of the plan: members of at least one of some classes.
 *
 * @param classes numbers of the classes; none for everybody
 */
public record ClassGuard(List<Integer> classes) {
  /** Nobody is kept out. */
  public static final ClassGuard EVERYBODY = new ClassGuard(List.of());

  /** Copies the list. */
  public ClassGuard {
    classes = List.copyOf(classes);
  }

  /** Whether a client may use it. */
  public boolean admits(Membership client) {
    for (int i = 0; i < classes.size(); i++) {
      if (client.isMember(classes.get(i))) {
        return true;
      }
    }
    return classes.isEmpty();
  }

  /** Whether everybody may use it. */
  public boolean isOpen() {
    return classes.isEmpty();
  }
}
