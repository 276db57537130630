// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import io.leasehold.load.Protocol.Purpose;
import io.leasehold.net.Bytes;
import java.nio.ByteBuffer;

/** Messages as octets, in and out of the generator's buffers. */
final class Messages {
  private static final int AT = 100;

  private Messages() {}

  static Order order(Purpose purpose, int xid, int client) {
    Order order = new Order();
    order.purpose = purpose;
    order.xid = xid;
    order.client = client;
    return order;
  }

  static Bytes written(Protocol protocol, Order order) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1000);
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, (byte) 0xee); // what another message has left
    }
    int length = protocol.write(buffer, AT, order);
    return Bytes.copyOf(buffer.slice(AT, length));
  }

  /** What the protocol understands; null if nothing. */
  static Answer read(Protocol protocol, Bytes message) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1000);
    buffer.put(AT, message.toArray());
    Answer answer = new Answer();
    return protocol.read(buffer, AT, AT + message.length(), answer) ? answer : null;
  }

  static Bytes echoed(EchoAnswers echo, Bytes message) {
    ByteBuffer question = ByteBuffer.allocateDirect(1000);
    question.put(AT, message.toArray()).limit(AT + message.length());
    ByteBuffer answer = ByteBuffer.allocateDirect(1000);
    return Bytes.copyOf(answer.slice(AT, echo.answer(question, AT, answer, AT)));
  }
}
