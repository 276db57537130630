// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

/** Why a command failed, in words for its user. The exit code is not zero. */
final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }
}
