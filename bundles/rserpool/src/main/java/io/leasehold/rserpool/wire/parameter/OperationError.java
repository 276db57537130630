// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.parameter;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.Parameter;
import io.leasehold.rserpool.wire.ParameterFormat;
import io.leasehold.rserpool.wire.ParameterType;
import io.leasehold.rserpool.wire.Tlv;
import java.util.ArrayList;
import java.util.List;

/**
 * Why something was not done, or was done otherwise than asked (RFC 5354 section 3.12).
 *
 * @param causes at least one
 */
public record OperationError(List<ErrorCause> causes) implements Parameter {
  /** How it is read. */
  public static final ParameterFormat<OperationError> FORMAT =
      new ParameterFormat<>(ParameterType.OPERATION_ERROR, OperationError::read);

  private static final int ALIGNMENT = 4;

  /** Refuses to have no cause. */
  public OperationError {
    causes = List.copyOf(causes);
    if (causes.isEmpty()) {
      throw new IllegalArgumentException("an operation error has at least one cause");
    }
  }

  /** An error of one cause without information, see {@link ErrorCause}. */
  public static OperationError of(int code) {
    return new OperationError(List.of(ErrorCause.of(code)));
  }

  /** Causes are framed like parameters, and their last padding may be missing as well. */
  private static OperationError read(Tlv tlv) {
    ByteReader in = new ByteReader(tlv.value());
    List<ErrorCause> causes = new ArrayList<>(1);
    while (in.hasRemaining()) {
      int code = in.u16();
      int length = in.u16() - Parameter.HEADER_LENGTH;
      Bytes information = in.bytes(length);
      in.bytes(Math.min(padding(length), in.remaining()));
      causes.add(new ErrorCause(code, information.compact()));
    }
    if (causes.isEmpty()) {
      throw in.malformed(MalformedReason.EMPTY_VALUE);
    }
    return new OperationError(causes);
  }

  private static int padding(int length) {
    return -length & ALIGNMENT - 1;
  }

  /** Whether one of the causes is of that code. */
  public boolean has(int code) {
    return causes.stream().anyMatch(cause -> cause.code() == code);
  }

  @Override
  public int type() {
    return ParameterType.OPERATION_ERROR;
  }

  @Override
  public int valueLength() {
    int length = 0;
    for (ErrorCause each : causes) {
      length += padding(length) + each.length();
    }
    return length;
  }

  @Override
  public void writeValue(ByteWriter out) {
    int padding = 0;
    for (ErrorCause each : causes) {
      out.zeros(padding).u16(each.code()).u16(each.length()).bytes(each.information());
      padding = padding(each.length());
    }
  }

  /** The causes. */
  @Override
  public String toString() {
    return causes.toString();
  }
}
