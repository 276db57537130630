// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec;

/**
 * Received octets are not a packet, an option or a value. The only exception that decoding throws;
 * who hands received octets to the codec catches it in one place, counts the reason and drops the
 * packet. It has no stack trace, so a flood of bad packets costs little.
 */
public final class MalformedPacketException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final MalformedReason reason;
  private final int offset;
  private final String path;

  /** A refusal at an offset of the source, outside of any option. */
  public MalformedPacketException(MalformedReason reason, int offset) {
    this(reason, offset, "");
  }

  private MalformedPacketException(MalformedReason reason, int offset, String path) {
    super(null, null, false, false);
    this.reason = reason;
    this.offset = offset;
    this.path = path;
  }

  /** This refusal as seen from around the named option. */
  public MalformedPacketException inside(String option) {
    return new MalformedPacketException(
        reason, offset, path.isEmpty() ? option : option + "/" + path);
  }

  /** Why the octets were refused. */
  public MalformedReason reason() {
    return reason;
  }

  /** Where, in octets from the start of the packet (of the array that was decoded). */
  public int offset() {
    return offset;
  }

  /** Names of the options around the place, outermost first, with slashes; may be empty. */
  public String path() {
    return path;
  }

  /** Reason, place and options in one line. */
  @Override
  public String getMessage() {
    return reason.word() + " at offset " + offset + (path.isEmpty() ? "" : " in " + path);
  }
}
