// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import java.util.List;

/**
 * What an expression has to know of classes before it can be evaluated.
 *
 * @param classes names, each once, in the order of the text; {@code known} and {@code unknown} are
 *     {@code KNOWN}
 */
public record Mentions(List<String> classes) {
  /** The class of clients that have a reservation. */
  public static final String KNOWN = "KNOWN";

  /** The class of all others. */
  public static final String UNKNOWN = "UNKNOWN";

  /** Copies the list. */
  public Mentions {
    classes = List.copyOf(classes);
  }

  /** Whether it asks, itself, if the client has a reservation. */
  public boolean known() {
    return classes.contains(KNOWN) || classes.contains(UNKNOWN);
  }
}
