// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import org.apache.karaf.shell.support.CommandException;

/**
 * Why a command failed, in words for its user. The console prints them and nothing else; the exit
 * code is not zero.
 */
final class CommandFailure extends CommandException {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }

  @Override
  public String getNiceHelp() {
    return getMessage();
  }
}
