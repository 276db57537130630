// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Relayed messages of 300 octets on an established channel. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordBenchmark {
  private static final int MESSAGE_OCTETS = 300;
  private static final int TOGETHER = 16;

  /** How the channel is protected; the key exchange makes no difference here. */
  @Param({"tls-cert", "tls-psk", "dtls-cert", "dtls-psk"})
  public String way;

  private final ByteBuffer message = ByteBuffer.allocate(MESSAGE_OCTETS);
  private final ByteBuffer many = ByteBuffer.allocate(TOGETHER * MESSAGE_OCTETS);
  private final ByteBuffer wire = ByteBuffer.allocate(65_536);
  private final ByteBuffer plain = ByteBuffer.allocate(65_536);
  private Ways ways;
  private Ways.Pair pair;

  /** Makes the channel. */
  @Setup
  public void open() {
    ways = new Ways(way);
    pair = ways.shake();
  }

  /** Ends it. */
  @TearDown
  public void close() {
    pair.close();
    ways.close();
  }

  /** Octets of a record that nobody opens. */
  @Benchmark
  public int protect() {
    pair.client().sendApplication(message.clear());
    return pair.client().takeNetwork(wire.clear());
  }

  /** One end protects, the other opens. */
  @Benchmark
  public int protectAndOpen() {
    return carried(message);
  }

  /** The same with messages that are sent together, for each of them. */
  @Benchmark
  @OperationsPerInvocation(TOGETHER)
  public int protectAndOpenTogether() {
    return carried(many);
  }

  private int carried(ByteBuffer octets) {
    pair.client().sendApplication(octets.clear());
    pair.client().takeNetwork(wire.clear());
    pair.server().receiveNetwork(wire.flip());
    int heard = pair.server().takeApplication(plain.clear());
    if (heard != octets.limit()) {
      throw new IllegalStateException(heard + " octets came out");
    }
    return heard;
  }
}
