// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport;

import java.util.List;

/**
 * Describes messages by what stands at fixed places in them, so simply that a kernel can tell them.
 *
 * @param shapes of which a message has one; few
 */
public record Sieve(List<Shape> shapes) {
  /** Copies the shapes. */
  public Sieve {
    shapes = List.copyOf(shapes);
  }

  /**
   * What a message looks like.
   *
   * @param fields all of which it has
   */
  public record Shape(List<Field> fields) {
    /** Copies the fields. */
    public Shape {
      fields = List.copyOf(fields);
    }

    /** A message with these fields. */
    public static Shape of(Field... fields) {
      return new Shape(List.of(fields));
    }
  }

  /**
   * A number in network order.
   *
   * @param offset of its first octet in the message
   * @param octets 1, 2 or 4 of them
   * @param value what it is
   */
  public record Field(int offset, int octets, int value) {
    /** Rejects what no kernel could look at. */
    public Field {
      if (offset < 0 || offset > 0xffff || octets != 1 && octets != 2 && octets != 4) {
        throw new IllegalArgumentException(octets + " octets at " + offset);
      }
    }
  }
}
