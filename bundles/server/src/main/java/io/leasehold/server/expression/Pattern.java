// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Bytes;
import java.util.Arrays;

/**
 * A regular expression over octets that takes time in proportion to the length of the value,
 * whatever the expression: all its states are followed at the same time. Immutable, for any thread.
 */
final class Pattern {
  /** The longest value that is looked at; a longer one does not match. */
  static final int LONGEST_VALUE = 4096;

  private final PatternStates states;

  private Pattern(PatternStates states) {
    this.states = states;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is none, saying why
   */
  static Pattern of(Bytes text) {
    return new Pattern(PatternStates.of(PatternParser.parse(text)));
  }

  /** Whether the whole value is of the pattern. */
  boolean matches(Bytes value) {
    return value.length() <= LONGEST_VALUE && new Walk(states, value).endsWell();
  }

  /** One look at a value. */
  private static final class Walk {
    private final PatternStates states;
    private final Bytes value;
    private final int[] waiting;
    private final int[] seen;
    private int[] current;
    private int[] following;
    private int currentCount;
    private int followingCount;

    Walk(PatternStates states, Bytes value) {
      this.states = states;
      this.value = value;
      this.waiting = new int[2 * states.size() + 1];
      this.seen = new int[states.size()];
      this.current = new int[states.size()];
      this.following = new int[states.size()];
      Arrays.fill(seen, -1);
    }

    boolean endsWell() {
      reach(0, 0);
      for (int at = 0; at < value.length(); at++) {
        turn();
        for (int i = 0; i < currentCount; i++) {
          int state = current[i];
          if (states.isOctet(state) && states.takes(state, value.at(at))) {
            reach(state + 1, at + 1);
          }
        }
        if (followingCount == 0) {
          return false;
        }
      }
      turn();
      for (int i = 0; i < currentCount; i++) {
        if (states.isEnd(current[i])) {
          return true;
        }
      }
      return false;
    }

    private void turn() {
      int[] spent = current;
      current = following;
      currentCount = followingCount;
      following = spent;
      followingCount = 0;
    }

    /** Adds a state, and those that it leads to without an octet, before the octet at a place. */
    private void reach(int first, int at) {
      int count = 0;
      waiting[count++] = first;
      while (count > 0) {
        int state = waiting[--count];
        if (seen[state] == at) {
          continue;
        }
        seen[state] = at;
        if (states.isOctet(state) || states.isEnd(state)) {
          following[followingCount++] = state;
        } else if (!states.isEdge(state) || states.isAtEdge(state, at, value.length())) {
          waiting[count++] = states.target(state);
          if (states.forks(state)) {
            waiting[count++] = states.otherTarget(state);
          }
        }
      }
    }
  }
}
