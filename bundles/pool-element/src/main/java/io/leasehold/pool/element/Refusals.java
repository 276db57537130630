// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.parameter.OperationError;

/** What a refusal means to an operator. */
final class Refusals {
  private Refusals() {}

  /** A sentence with the remedy. */
  static String text(OperationError error, ElementSettings.Place place) {
    int code = error.causes().get(0).code();
    return switch (code) {
      case ErrorCause.NON_UNIQUE_PE_IDENTIFIER ->
          "another pool element has each identifier that was tried; look for a second instance"
              + " with the same credential";
      case ErrorCause.INCONSISTENT_POLICY ->
          "the pool has another policy; set policy as its other members have it";
      case ErrorCause.LACK_OF_RESOURCES ->
          "the registrar has no room for it, or is not ready yet; it is tried again";
      case ErrorCause.INCONSISTENT_TRANSPORT_TYPE ->
          "the pool is reached in another way than "
              + place.transport()
              + "; set transport as its other members have it, or join another pool";
      case ErrorCause.INCONSISTENT_DATA_CONTROL ->
          "the pool has another use of its transport; join another pool";
      case ErrorCause.SECURITY_CONSIDERATIONS ->
          "it is not permitted; at the registrar, the entry of this peer needs the role"
              + " pool-element, this pool in its pools, and an address that it connects from or"
              + " has in its addresses";
      default -> "it is refused: " + error;
    };
  }
}
