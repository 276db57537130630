// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a message together. One thread. */
public final class MessageWriter {
  /** Octets before the parameters of most messages of ENRP. */
  static final int ENRP_HEADER = PoolMessage.HEADER_LENGTH + 2 * Integer.BYTES;

  private final int type;
  private final int flags;
  private final ByteWriter fields = new ByteWriter(2 * Integer.BYTES);
  private final List<Parameter> parameters = new ArrayList<>();

  /** A message without fields and parameters. */
  public MessageWriter(int type, int flags) {
    this.type = type;
    this.flags = flags;
  }

  /** Adds a field of 32 bits; before the parameters, wherever it is called. */
  public MessageWriter u32(long value) {
    fields.u32(value);
    return this;
  }

  /** Adds a field of 16 bits. */
  public MessageWriter u16(int value) {
    fields.u16(value);
    return this;
  }

  /** Adds a parameter. */
  public MessageWriter add(Parameter parameter) {
    parameters.add(parameter);
    return this;
  }

  /** Adds a parameter if there is one. */
  public MessageWriter add(Optional<? extends Parameter> parameter) {
    parameter.ifPresent(parameters::add);
    return this;
  }

  /** Adds parameters. */
  public MessageWriter add(List<? extends Parameter> more) {
    parameters.addAll(more);
    return this;
  }

  /** The octets, see {@link PoolMessage#encode()}. */
  public Bytes encode() {
    int length = PoolMessage.HEADER_LENGTH + fields.length() + length(parameters);
    if (length > PoolMessage.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a message of type " + type + " has " + length + " octets");
    }
    ByteWriter out = new ByteWriter(Tlv.padded(length));
    out.u8(type).u8(flags).u16(length).bytes(fields.toBytes());
    write(parameters, out);
    return out.zeros(Tlv.padding(length)).toBytes();
  }

  /** The octets of a parameter, without padding. */
  static Bytes octets(Parameter parameter) {
    List<Parameter> one = List.of(parameter);
    ByteWriter out = new ByteWriter(length(one));
    write(one, out);
    return out.toBytes();
  }

  /** Octets of parameters one after the other; the last one's padding is not among them. */
  public static int length(List<? extends Parameter> parameters) {
    int length = 0;
    for (Parameter each : parameters) {
      length = Tlv.padded(length) + Parameter.HEADER_LENGTH + each.valueLength();
    }
    return length;
  }

  /** Writes parameters one after the other, without the padding of the last one. */
  public static void write(List<? extends Parameter> parameters, ByteWriter out) {
    int padding = 0;
    for (Parameter each : parameters) {
      int length = Parameter.HEADER_LENGTH + each.valueLength();
      out.zeros(padding).u16(each.type()).u16(length);
      each.writeValue(out);
      padding = Tlv.padding(length);
    }
  }
}
