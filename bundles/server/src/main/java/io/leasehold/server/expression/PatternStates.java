// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The states of a regular expression; what has no other target goes on to the state after it. */
final class PatternStates {
  /** As many states as a pattern may have, repetitions written out. */
  static final int MOST = 1024;

  private static final int NOWHERE = -1;

  private enum Kind {
    OCTET,
    GO,
    FORK,
    BEGINNING,
    ENDING,
    END
  }

  private record State(Kind kind, BitSet setOrNull, int target, int otherTarget) {}

  private final List<State> states = new ArrayList<>();

  private PatternStates() {}

  /**
   * The states of a pattern.
   *
   * @throws IllegalArgumentException if there are more than {@link #MOST}
   */
  static PatternStates of(PatternPart part) {
    PatternStates states = new PatternStates();
    states.write(part);
    states.add(Kind.END, null);
    return states;
  }

  int size() {
    return states.size();
  }

  boolean isOctet(int state) {
    return states.get(state).kind() == Kind.OCTET;
  }

  boolean takes(int state, int octet) {
    return states.get(state).setOrNull().get(octet);
  }

  boolean isEnd(int state) {
    return states.get(state).kind() == Kind.END;
  }

  boolean isEdge(int state) {
    Kind kind = states.get(state).kind();
    return kind == Kind.BEGINNING || kind == Kind.ENDING;
  }

  boolean isAtEdge(int state, int at, int length) {
    return at == (states.get(state).kind() == Kind.ENDING ? length : 0);
  }

  boolean forks(int state) {
    return states.get(state).kind() == Kind.FORK;
  }

  int target(int state) {
    return states.get(state).target();
  }

  int otherTarget(int state) {
    return states.get(state).otherTarget();
  }

  private int add(Kind kind, BitSet setOrNull) {
    if (states.size() == MOST) {
      throw new IllegalArgumentException(
          "it has more than " + MOST + " states when repetitions are written out");
    }
    states.add(new State(kind, setOrNull, states.size() + 1, NOWHERE));
    return states.size() - 1;
  }

  private void lead(int state, int target, int otherTarget) {
    states.set(state, new State(states.get(state).kind(), null, target, otherTarget));
  }

  private void write(PatternPart part) {
    if (part instanceof PatternPart.Octets octets) {
      add(Kind.OCTET, octets.set());
    } else if (part instanceof PatternPart.Edge edge) {
      add(edge.end() ? Kind.ENDING : Kind.BEGINNING, null);
    } else if (part instanceof PatternPart.Sequence sequence) {
      sequence.parts().forEach(this::write);
    } else if (part instanceof PatternPart.Either either) {
      writeEither(either.parts());
    } else if (part instanceof PatternPart.Repeat repeat) {
      writeRepeat(repeat);
    }
  }

  private void writeEither(List<PatternPart> parts) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      int fork = last ? NOWHERE : add(Kind.FORK, null);
      write(parts.get(i));
      if (!last) {
        ends.add(add(Kind.GO, null));
        lead(fork, fork + 1, states.size());
      }
    }
    ends.forEach(end -> lead(end, states.size(), NOWHERE));
  }

  private void writeRepeat(PatternPart.Repeat repeat) {
    int before = NOWHERE;
    for (int i = 0; i < repeat.least() && before != states.size(); i++) {
      before = states.size(); // What is empty is empty however often it is written.
      write(repeat.part());
    }
    if (repeat.most() < 0) {
      int fork = add(Kind.FORK, null);
      write(repeat.part());
      lead(add(Kind.GO, null), fork, NOWHERE);
      lead(fork, fork + 1, states.size());
      return;
    }
    List<Integer> forks = new ArrayList<>();
    for (int i = repeat.least(); i < repeat.most(); i++) {
      forks.add(add(Kind.FORK, null));
      write(repeat.part());
    }
    forks.forEach(fork -> lead(fork, fork + 1, states.size()));
  }
}
