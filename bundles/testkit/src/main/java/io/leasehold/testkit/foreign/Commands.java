// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.foreign;

import java.util.ArrayList;
import java.util.List;

/** How a foreign program is called; {@code PORT} stands for the port. It is ended with the test. */
public final class Commands implements AutoCloseable {
  private final List<String> words;
  private final String listening;
  private ForeignPeer peer;

  private Commands(String listening, List<String> words) {
    this.listening = listening;
    this.words = words;
  }

  /**
   * A program and its arguments.
   *
   * @param listening what a server prints when it can be connected to; empty for a client
   * @param words each of them one argument or several with blanks between them
   */
  public static Commands of(String listening, Object... words) {
    List<String> all = new ArrayList<>();
    for (Object word : words) {
      for (String each : word.toString().split(" ")) {
        all.add(each);
      }
    }
    return new Commands(listening, all);
  }

  /** The command with this port. */
  public List<String> command(int port) {
    return words.stream().map(word -> word.replace("PORT", Integer.toString(port))).toList();
  }

  /** What a server prints when it can be connected to. */
  public String listening() {
    return listening;
  }

  /** From now on this is the running program. */
  public void startedWith(ForeignPeer started) {
    peer = started;
  }

  /** The running program. */
  public ForeignPeer peer() {
    return peer;
  }

  @Override
  public void close() {
    if (peer != null) {
      peer.close();
    }
  }
}
