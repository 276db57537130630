// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One message on the console socket: a type octet, a length of four octets, and that many octets.
 *
 * <p>The client sends one {@link #EXECUTE} or {@link #READY}; the server answers with any number of
 * {@link #OUT} and {@link #ERR} and one {@link #EXIT}, and closes.
 */
public final class Frame {
  /** Runs a command line, given in UTF-8. */
  public static final byte EXECUTE = 1;

  /**
   * Asks whether the server is ready; exit status 0 says yes, 1 says no, with the obstacles and
   * what else wants attention as errors.
   */
  public static final byte READY = 2;

  /** Octets of the standard output. */
  public static final byte OUT = 3;

  /** Octets of the standard error. */
  public static final byte ERR = 4;

  /** The exit status, one octet; nothing follows. */
  public static final byte EXIT = 5;

  /** Exit status: not now, but perhaps in a moment. */
  public static final int TRY_LATER = 75;

  /** Status of a server that serves some clients and not all that it was asked to serve. */
  public static final int IN_PART = 2;

  /** Longest content of one frame, in octets. */
  public static final int MAX_LENGTH = 1 << 16;

  private static final int HEADER_LENGTH = 5;

  private final byte type;
  private final byte[] content;

  private Frame(byte type, byte[] content) {
    this.type = type;
    this.content = content;
  }

  /** One of the constants of this class, if the other side keeps to the rules. */
  public byte type() {
    return type;
  }

  /** The content as text. */
  public String text() {
    return new String(content, StandardCharsets.UTF_8);
  }

  /** A copy of the content. */
  public byte[] content() {
    return content.clone();
  }

  /** The exit status of an {@link #EXIT} frame. */
  public int status() {
    return content.length == 0 ? 1 : Byte.toUnsignedInt(content[0]);
  }

  /**
   * Reads one frame; blocks until it is complete.
   *
   * @throws EOFException if the other side has closed
   * @throws IOException if the frame is longer than {@link #MAX_LENGTH}, or reading fails
   */
  public static Frame read(ReadableByteChannel from) throws IOException {
    ByteBuffer header = fill(from, HEADER_LENGTH);
    byte type = header.get();
    int length = header.getInt();
    if (length < 0 || length > MAX_LENGTH) {
      throw new IOException(
          "frame of "
              + Integer.toUnsignedString(length)
              + " octets, at most "
              + MAX_LENGTH
              + " are allowed");
    }
    return new Frame(type, fill(from, length).array());
  }

  /** Writes text as one frame; blocks until it is written. */
  public static void write(WritableByteChannel to, byte type, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    write(to, type, content, 0, content.length);
  }

  /**
   * Writes octets as one frame; blocks until they are written. At most {@link #MAX_LENGTH} of them.
   */
  public static void write(WritableByteChannel to, byte type, byte[] from, int offset, int length)
      throws IOException {
    if (length > MAX_LENGTH) {
      throw new IOException(length + " octets do not fit into a frame of at most " + MAX_LENGTH);
    }
    ByteBuffer frame = ByteBuffer.allocate(HEADER_LENGTH + length);
    frame.put(type).putInt(length).put(from, offset, length).flip();
    while (frame.hasRemaining()) {
      to.write(frame);
    }
  }

  private static ByteBuffer fill(ReadableByteChannel from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (from.read(buffer) < 0) {
        throw new EOFException(
            "the other side closed after " + buffer.position() + " of " + length + " octets");
      }
    }
    return buffer.flip();
  }

  @Override
  public String toString() {
    return type + ":" + Arrays.toString(content);
  }
}
