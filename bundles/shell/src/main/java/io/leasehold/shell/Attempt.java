// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import java.io.IOException;

/** Something that may be refused with words for people. */
final class Attempt {
  /** What may be refused. */
  interface Work<T> {
    T run() throws IOException;
  }

  private Attempt() {}

  /** The result; what went wrong becomes the message of the command. */
  static <T> T of(Work<T> work) throws CommandFailure {
    try {
      return work.run();
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new CommandFailure(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }
}
