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
  private CodeSet repeatedOrNull;
  private int size;

  /** Options as pieces; their codes are 0 to 255. */
  static Pieces of(Options options) {
    Pieces pieces = new Pieces();
    options.forEach(option -> pieces.add(option.code(), option.value()));
    return pieces;
  }

  int size() {
    return size;
  }

  /** Appends a piece; the code is 0 to 255. */
  void add(int code, Bytes value) {
    pieces.add(code, value);
    size++;
    if (!seen.add(code)) {
      repeatedOrNull = repeatedOrNull == null ? new CodeSet() : repeatedOrNull;
      repeatedOrNull.add(code);
    }
  }

  /** Each option once, where its first piece was. */
  Options joined() {
    if (repeatedOrNull == null) {
      return pieces.build();
    }
    Options.Builder options = Options.builder();
    ByteWriter[] values = joinedValues();
    for (Option piece : pieces.build()) {
      int code = piece.code();
      if (!repeatedOrNull.contains(code)) {
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
      if (repeatedOrNull.contains(code)) {
        values[code] = values[code] == null ? new ByteWriter(2 * CODES) : values[code];
        values[code].bytes(piece.value());
      }
    }
    return values;
  }
}
