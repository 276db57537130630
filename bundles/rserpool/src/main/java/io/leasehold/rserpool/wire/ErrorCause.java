// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import io.leasehold.net.Bytes;
import java.util.Objects;

/**
 * One cause in an Operation Error (RFC 5354 section 3.12). Codes that are not listed here are kept
 * as they came.
 *
 * @param code 0 to 65535
 * @param information what the code says it is
 */
public record ErrorCause(int code, Bytes information) {
  /** No particular one. */
  public static final int UNSPECIFIED = 0;

  /** With the parameter. */
  public static final int UNRECOGNIZED_PARAMETER = 1;

  /** With the message. */
  public static final int UNRECOGNIZED_MESSAGE = 2;

  /** With the parameter. */
  public static final int INVALID_VALUES = 3;

  /** The pool has another pool element of that identifier. */
  public static final int NON_UNIQUE_PE_IDENTIFIER = 4;

  /** With the policy parameter of the pool. */
  public static final int INCONSISTENT_POLICY = 5;

  /** A limit was reached. */
  public static final int LACK_OF_RESOURCES = 6;

  /** With a transport parameter of the pool's type. */
  public static final int INCONSISTENT_TRANSPORT_TYPE = 7;

  /** The pool has another transport use. */
  public static final int INCONSISTENT_DATA_CONTROL = 8;

  /** There is no such pool. */
  public static final int UNKNOWN_POOL_HANDLE = 9;

  /** Who asked must not. */
  public static final int SECURITY_CONSIDERATIONS = 0xa;

  /** Refuses numbers that do not fit. */
  public ErrorCause {
    Unsigned.u16(code, "cause code");
    Objects.requireNonNull(information);
  }

  /** A cause without information. */
  public static ErrorCause of(int code) {
    return new ErrorCause(code, Bytes.EMPTY);
  }

  /** A cause with information. */
  public static ErrorCause of(int code, Bytes information) {
    return new ErrorCause(code, information);
  }

  /** A cause whose information is a parameter. */
  public static ErrorCause of(int code, Parameter parameter) {
    return new ErrorCause(code, MessageWriter.octets(parameter));
  }

  /** Octets without padding. */
  public int length() {
    return Parameter.HEADER_LENGTH + information.length();
  }

  /** {@code unknown-pool-handle}; {@code cause-17} for a code without a name. */
  public String word() {
    return switch (code) {
      case UNSPECIFIED -> "unspecified";
      case UNRECOGNIZED_PARAMETER -> "unrecognized-parameter";
      case UNRECOGNIZED_MESSAGE -> "unrecognized-message";
      case INVALID_VALUES -> "invalid-values";
      case NON_UNIQUE_PE_IDENTIFIER -> "non-unique-pe-identifier";
      case INCONSISTENT_POLICY -> "inconsistent-policy";
      case LACK_OF_RESOURCES -> "lack-of-resources";
      case INCONSISTENT_TRANSPORT_TYPE -> "inconsistent-transport-type";
      case INCONSISTENT_DATA_CONTROL -> "inconsistent-data-control";
      case UNKNOWN_POOL_HANDLE -> "unknown-pool-handle";
      case SECURITY_CONSIDERATIONS -> "security-considerations";
      default -> "cause-" + code;
    };
  }

  /** The word, and how many octets of information there are. */
  @Override
  public String toString() {
    return word() + (information.isEmpty() ? "" : " (" + information.length() + " octets)");
  }
}
