// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import io.leasehold.transport.Sieve;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A sieve in the language of the kernel's socket filters (linux/filter.h). Such a filter sees a
 * datagram from its UDP header on and says how much of it the socket gets: all or nothing.
 */
final class SieveProgram {
  /** Octets of one instruction: code, two jumps, and a number. */
  static final int INSTRUCTION_OCTETS = 8;

  private static final int UDP_HEADER = 8;
  private static final int LOAD_WORD = 0x20;
  private static final int LOAD_HALF = 0x28;
  private static final int LOAD_OCTET = 0x30;
  private static final int LOAD_LENGTH = 0x80;
  private static final int IF_EQUAL = 0x15;
  private static final int IF_NOT_LESS = 0x35;
  private static final int MODULO = 0x94;
  private static final int RETURN = 0x06;
  private static final int NOTHING = 0;
  private static final int EVERYTHING = -1;

  /** Where the kernel has a random number instead of an octet of the datagram. */
  private static final int CHANCE = -0x1000 + 56;

  /** Instructions at the end of a shape: chance, its remainder, the comparison, both ends. */
  private static final int END_OF_SHAPE = 5;

  private SieveProgram() {}

  /**
   * Translates.
   *
   * @param perMille how many of a thousand messages with one of the shapes pass
   * @return the instructions, in memory that the kernel can read
   */
  static ByteBuffer of(Sieve sieve, int perMille) {
    int count = 1 + sieve.shapes().stream().mapToInt(SieveProgram::instructions).sum();
    ByteBuffer program =
        ByteBuffer.allocateDirect(count * INSTRUCTION_OCTETS).order(ByteOrder.nativeOrder());
    for (Sieve.Shape shape : sieve.shapes()) {
      shape(program, shape, perMille);
    }
    instruction(program, RETURN, 0, EVERYTHING);
    return program.flip();
  }

  private static int instructions(Sieve.Shape shape) {
    return 2 + 2 * shape.fields().size() + END_OF_SHAPE;
  }

  /** A datagram without the shape falls through to what follows. */
  private static void shape(ByteBuffer program, Sieve.Shape shape, int perMille) {
    List<Sieve.Field> fields = shape.fields();
    int end = fields.stream().mapToInt(field -> field.offset() + field.octets()).max().orElse(0);
    int left = instructions(shape) - 2; // after the next two
    instruction(program, LOAD_LENGTH, 0, 0);
    // Looking beyond the end would drop the datagram.
    instruction(program, IF_NOT_LESS, left, UDP_HEADER + end);
    for (Sieve.Field field : fields) {
      left -= 2;
      instruction(program, load(field.octets()), 0, UDP_HEADER + field.offset());
      instruction(program, IF_EQUAL, left, field.value());
    }
    instruction(program, LOAD_WORD, 0, CHANCE);
    instruction(program, MODULO, 0, 1000);
    instruction(program, IF_NOT_LESS, 1, perMille);
    instruction(program, RETURN, 0, NOTHING);
    instruction(program, RETURN, 0, EVERYTHING);
  }

  private static int load(int octets) {
    return switch (octets) {
      case 1 -> LOAD_OCTET;
      case 2 -> LOAD_HALF;
      default -> LOAD_WORD;
    };
  }

  /**
   * One instruction.
   *
   * @param otherwise how many of the next are skipped if a comparison fails
   */
  private static void instruction(ByteBuffer program, int code, int otherwise, int number) {
    program.putShort((short) code).put((byte) 0).put((byte) otherwise).putInt(number);
  }
}
