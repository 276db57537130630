// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Family;
import java.util.Objects;

/**
 * How an expression is read.
 *
 * @param family of the packets
 * @param options what names of options stand for
 * @param classes which classes it may ask for
 */
public record ExpressionContext(Family family, OptionNames options, ClassNames classes) {
  /** Refuses null. */
  public ExpressionContext {
    Objects.requireNonNull(family);
    Objects.requireNonNull(options);
    Objects.requireNonNull(classes);
  }
}
