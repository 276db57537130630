// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.nio.ByteBuffer;

/** Answers as a server would give, of a protocol. */
interface EchoAnswers {
  /**
   * Writes the answer to a message.
   *
   * @param question the message, which ends at the limit
   * @param from where the message begins
   * @return octets written, or 0 if there is no answer
   */
  int answer(ByteBuffer question, int from, ByteBuffer to, int at);
}
