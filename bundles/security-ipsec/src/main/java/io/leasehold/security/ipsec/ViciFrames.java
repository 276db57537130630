// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import io.leasehold.net.Bytes;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Cuts a stream into packets, each after four octets of length. Never holds more than a packet. */
public final class ViciFrames {
  private ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES);
  private boolean lengthKnown;

  /**
   * Takes octets until a packet is whole; to be called again while octets remain.
   *
   * @return the packet, or nothing if all octets were taken
   */
  public Optional<ViciPacket> take(ByteBuffer in) throws ViciFormatException {
    while (in.hasRemaining()) {
      int count = Math.min(frame.remaining(), in.remaining());
      frame.put(in.slice(in.position(), count));
      in.position(in.position() + count);
      if (!frame.hasRemaining()) {
        frame.flip();
        if (lengthKnown) {
          return Optional.of(packet());
        }
        expect(frame.getInt());
      }
    }
    return Optional.empty();
  }

  private void expect(int octets) throws ViciFormatException {
    if (octets < 1 || octets > ViciCodec.PACKET_OCTETS_MAXIMUM) {
      throw new ViciFormatException(
          "packet of "
              + Integer.toUnsignedString(octets)
              + " octets; accepted are 1 to "
              + ViciCodec.PACKET_OCTETS_MAXIMUM);
    }
    frame = ByteBuffer.allocate(octets);
    lengthKnown = true;
  }

  private ViciPacket packet() throws ViciFormatException {
    Bytes octets = Bytes.wrap(frame.array());
    frame = ByteBuffer.allocate(Integer.BYTES);
    lengthKnown = false;
    return ViciCodec.decode(octets);
  }

  /** A packet as it goes over the stream. */
  public static ByteBuffer frame(ViciPacket packet) {
    Bytes octets = ViciCodec.encode(packet);
    ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + octets.length());
    out.putInt(octets.length());
    octets.putInto(out);
    return out.flip();
  }
}
