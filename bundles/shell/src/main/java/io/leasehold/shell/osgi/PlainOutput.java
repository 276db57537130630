// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell.osgi;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Leaves out the escape sequences (ECMA-48) with which commands colour what they print: scripts and
 * files get text alone. Not for use by more than one thread.
 */
final class PlainOutput extends FilterOutputStream {
  private static final int ESCAPE = 0x1b;

  private enum State {
    TEXT,
    /** After the escape; intermediate octets may follow before the final one. */
    ESCAPED,
    /** Within a control sequence. */
    SEQUENCE
  }

  private State state = State.TEXT;

  PlainOutput(OutputStream to) {
    super(to);
  }

  @Override
  public void write(int octet) throws IOException {
    int low = octet & 0xff;
    switch (state) {
      case TEXT -> {
        if (low == ESCAPE) {
          state = State.ESCAPED;
        } else {
          out.write(octet);
        }
      }
      case ESCAPED -> {
        if (low == '[') {
          state = State.SEQUENCE;
        } else if (low < 0x20 || low > 0x2f) {
          state = State.TEXT;
        }
      }
      case SEQUENCE -> {
        if (low >= 0x40 && low <= 0x7e) {
          state = State.TEXT;
        }
      }
    }
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    int begin = offset;
    int end = offset + length;
    for (int at = offset; at < end; at++) {
      if (state == State.TEXT && from[at] != ESCAPE) {
        continue;
      }
      if (state == State.TEXT) {
        out.write(from, begin, at - begin);
      }
      write(from[at]);
      begin = at + 1;
    }
    out.write(from, begin, end - begin);
  }
}
