// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

/** Who is served first when there is too much to do; the first of these goes before the others. */
public enum Precedence {
  /** It is about a lease that the client has: nobody may lose one because others begin. */
  KEEPS,
  /** It ends a conversation that has cost the server work already. */
  COMPLETES,
  /** It begins a conversation, or only asks for options: the client tries again later. */
  BEGINS
}
