// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load.pool;

import com.google.gson.JsonObject;
import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.HandleResolution;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Pool users that ask who is in a pool, on connections that they hold: at a rate, in turns,
 * whatever becomes of the answers, or always so many at a time. A time counts from when a question
 * was due.
 */
final class Resolving {
  private static final double NANOS = 1e9;
  private static final long PATIENCE_NANOS = 2_000_000_000L;
  private static final int DIGITS = 3;

  private final Crowd crowd;
  private final Bytes question;
  private final Histogram times = new Histogram(DIGITS);
  private final AtomicReference<IOException> failure = new AtomicReference<>();
  private long counted;
  private long until;
  private long answers;
  private int length;
  private volatile boolean over;

  Resolving(Crowd crowd, PoolHandle pool) {
    this.crowd = crowd;
    question = new HandleResolution(false, pool, OptionalLong.empty()).encode();
  }

  /** Asks once and waits; how many members there are. All answers must be as long as this one. */
  int members() throws IOException {
    int[] found = {-1};
    crowd.links.get(0).send(question);
    while (found[0] < 0) {
      crowd.listen(0, (link, message) -> found[0] = members(message));
    }
    return found[0];
  }

  private int members(Bytes message) throws IOException {
    if (AsapMessage.decode(message) instanceof Decoded.Accepted<AsapMessage> accepted
        && accepted.message() instanceof HandleResolutionResponse response
        && !response.isNegative()) {
      length = message.length();
      return response.elements().size();
    }
    throw new IOException("the registrar does not tell who is in the pool: " + message);
  }

  /** Always so many questions at a time, the same on each connection. */
  JsonObject closed(int window, double warm, double seconds) throws IOException {
    begin(warm, seconds);
    for (int i = 0; i < window; i++) {
      ask(crowd.links.get(i % crowd.links.size()), System.nanoTime());
    }
    while (System.nanoTime() < until) {
      crowd.listen(
          1,
          (link, message) -> {
            answered(link, message);
            ask(link, System.nanoTime());
          });
    }
    return report(seconds, 0);
  }

  /** So many questions a second, in equal intervals. */
  JsonObject open(double rate, double warm, double seconds) throws IOException {
    long first = begin(warm, seconds);
    Thread receiver = new Thread(this::receive, "receiver");
    receiver.start();
    long due = first;
    for (long i = 0; due < until && failure.get() == null; i++) {
      due = first + (long) (i * (NANOS / rate));
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      ask(crowd.links.get((int) (i % crowd.links.size())), due);
    }
    over = true;
    try {
      receiver.join();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
    if (failure.get() != null) {
      throw failure.get();
    }
    return report(seconds, rate);
  }

  private long begin(double warm, double seconds) {
    long first = System.nanoTime();
    counted = first + (long) (warm * NANOS);
    until = counted + (long) (seconds * NANOS);
    return first;
  }

  private void receive() {
    try {
      while (!over || unanswered() > 0 && System.nanoTime() < until + PATIENCE_NANOS) {
        crowd.listen(1, this::answered);
      }
    } catch (IOException e) {
      failure.set(e);
    }
  }

  private void ask(Link link, long due) throws IOException {
    link.asked.add(due);
    link.send(question);
  }

  private void answered(Link link, Bytes message) throws IOException {
    long now = System.nanoTime();
    Long due = link.asked.poll();
    if (message.u16(0) >> 8 != AsapMessage.HANDLE_RESOLUTION_RESPONSE
        || message.length() != length
        || due == null) {
      throw new IOException("this is no answer as the others: " + message);
    }
    if (due >= counted && due < until) {
      times.recordValue(now - due);
    }
    if (now >= counted && now < until) {
      answers++;
    }
  }

  private long unanswered() {
    return crowd.links.stream().mapToLong(each -> each.asked.size()).sum();
  }

  private JsonObject report(double seconds, double rate) {
    JsonObject object = new JsonObject();
    object.addProperty("rate", rate);
    object.addProperty("answered", answers / seconds);
    object.addProperty("unanswered", rate > 0 ? unanswered() : 0);
    object.addProperty("octets", length);
    object.addProperty("p50", times.getValueAtPercentile(50) / 1e3);
    object.addProperty("p99", times.getValueAtPercentile(99) / 1e3);
    object.addProperty("max", times.getMaxValue() / 1e3);
    return object;
  }
}
