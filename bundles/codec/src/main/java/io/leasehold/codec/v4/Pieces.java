// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;

/** Collects pieces of options and joins those with the same code (RFC 3396 section 7). */
final class Pieces {
  private static final int CODES = 256;

  /** More than most messages have. */
  private static final int EXPECTED_COUNT = 12;

  private final Options.Builder pieces = Options.builder(EXPECTED_COUNT);
  private final CodeSet seen = new CodeSet();
  private final CodeSet repeated = new CodeSet();
  private boolean anyRepeated;
  private int size;

  int size() {
    return size;
  }

  /** Appends a piece; the code is 0 to 255. */
  void add(int code, Bytes value) {
    add(new Option(code, value));
  }

  /** Appends a piece; its code is 0 to 255. */
  void add(Option piece) {
    int code = piece.code();
    pieces.add(piece);
    size++;
    if (!seen.add(code)) {
      repeated.add(code);
      anyRepeated = true;
    }
  }

  /** Each option once, where its first piece was. */
  Options joined() {
    if (!anyRepeated) {
      return pieces.build();
    }
    Options.Builder options = Options.builder();
    ByteWriter[] values = joinedValues();
    for (Option piece : pieces.build()) {
      int code = piece.code();
      if (!repeated.contains(code)) {
        options.add(piece);
      } else if (values[code] != null) {
        options.add(code, values[code].toBytes());
        values[code] = null;
      }
    }
    return options.build();
  }

  private ByteWriter[] joinedValues() {
    ByteWriter[] values = new ByteWriter[CODES];
    for (Option piece : pieces.build()) {
      int code = piece.code();
      if (repeated.contains(code)) {
        values[code] = values[code] == null ? new ByteWriter(2 * CODES) : values[code];
        values[code].bytes(piece.value());
      }
    }
    return values;
  }
}
